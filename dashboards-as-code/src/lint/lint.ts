import { classicDashboard, isInstant } from '@sprout/grafana';
import { queryChecks, runChecks } from '@sprout/lint';
import type { Finding } from '@sprout/lint';
import type { SproutConfig } from '@sprout/process';
import type { KnownSignal } from '@sprout/query';
import { dashboards } from '../dashboards/all.ts';
import { boardChecks } from './checks/all.ts';
import type { BoardSubject } from './checks/subject.ts';
import { plain } from './windows.ts';

/** The checks of dashboards, and those of their queries. */
export const dashboardChecks = [...queryChecks, ...boardChecks];

/** Written by rules and by Prometheus itself, not by a signal. */
const recorded = ['slo:bad_events:rate5m', 'slo:valid_events:rate5m', 'ALERTS'];
const refreshSeconds = 30;

/** Everything that is wrong with the dashboards of a configuration. Pure. */
export function lint(config: Pick<SproutConfig, 'signals' | 'objectives'>): Finding[] {
  const boards = dashboards(config).map(({ model }) => model);
  const known = { signals: config.signals.map(knownSignal) };
  return [
    ...runChecks(queryChecks, { queries: queriesOf(boards), known, others: recorded }),
    ...runChecks(boardChecks, {
      boards,
      written: boards.map(classicDashboard),
      signals: config.signals,
      promised: [...JSON.stringify(config.objectives).matchAll(/"metric":"(\w+)"/g)].flatMap(
        ([, name = '']) => [name, name.replace(/_(bucket|count|sum)$/, '')],
      ),
      known,
    }),
  ];
}

const queriesOf = (boards: BoardSubject['boards']) =>
  boards.flatMap(({ slug, rows, annotations }) => [
    ...annotations.map(({ name, expr }) => ({
      where: `${slug} / marks / ${name}`,
      expr: plain(expr),
      use: 'panel' as const,
      everySeconds: refreshSeconds / 2,
    })),
    ...rows.flatMap((row) =>
      row.panels.flatMap(({ title, queries, view }) =>
        queries
          .filter(({ source = 'metrics' }) => source === 'metrics')
          .map(({ expr }) => ({
            where: `${slug} / ${row.title} / ${title}`,
            expr: plain(expr),
            use: 'panel' as const,
            // A line is drawn at once for all of its points; neighbours share their samples.
            everySeconds: isInstant(view) ? refreshSeconds : refreshSeconds / 2,
          })),
      ),
    ),
  ]);

/** The collector counts the lines of a log signal by the service that wrote them. */
const knownSignal = (signal: SproutConfig['signals'][number]): KnownSignal =>
  signal.kind === 'metric'
    ? signal
    : { name: signal.name, type: 'counter', labels: { log_service: 'any' } };

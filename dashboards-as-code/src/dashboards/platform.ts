import type { SproutConfig } from '@sprout/process';
import { namesIn } from '@sprout/query';
import { signalRow } from '../panels/signal-row.ts';
import { slugs } from '../panels/variables.ts';
import { board, folders } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';

/**
 * Counters whose series appear with their first event, and that event is trouble: a panel would
 * be empty on every healthy stack. Their alerts tell of them.
 */
export const onlyInTrouble: readonly string[] = [
  'collector_dropped_items_total',
  'collector_remote_write_retries_total',
];

/** Whatever is new: every signal that none of the other dashboards shows, a row for each owner. */
export function platformDashboard(
  { signals }: Pick<SproutConfig, 'signals'>,
  others: readonly Dashboard[],
): Dashboard {
  const shown = others.flatMap(metricsOf);
  const rest = signals
    .filter(({ name }) => !onlyInTrouble.includes(name))
    .filter(
      ({ name }) =>
        !shown.some(
          (metric) => metric === name || metric.replace(/_(bucket|count|sum)$/, '') === name,
        ),
    );
  return board({
    slug: slugs.platform,
    title: 'Everything else',
    description: 'Signals that no other dashboard shows, a row for each owner.',
    folder: folders.telemetry,
    rows: [...Map.groupBy(rest, ({ owner }) => owner)]
      .map(([owner, members]) => signalRow(owner === 'any' ? 'services' : owner, members))
      .filter(({ panels }) => panels.length > 0),
  });
}

function metricsOf({ model }: Dashboard): string[] {
  return model.rows
    .flatMap((row) => row.panels.flatMap((panel) => panel.queries))
    .flatMap(({ expr, source }) => (source === undefined ? metricsIn(expr) : []));
}

/** Variables of Grafana are no PromQL; a window in their place is. */
const metricsIn = (expr: string): string[] => namesIn(expr.replaceAll(/\$__\w+/g, '5m')).metrics;

import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import type { LogSignal } from '@sprout/signals';
import { countedLines } from '../panels/counted-lines.ts';
import { lines, logLines, logs, query } from '../panels/panel.ts';
import { titled } from '../panels/signal-panel.ts';
import { choice, slugs } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';

const stream = '{service=~"$service"}';
const bad = '{service=~"$service", level=~"warn|error"}';

/** Log lines: how many, from whom, how bad, and the lines themselves with their traces. */
export const logsDashboard = () =>
  board({
    slug: slugs.logs,
    title: 'Logs',
    description:
      'Log lines by service and level, and the lines themselves; a line leads to its trace.',
    folder: folders.telemetry,
    variables: [choice('service', 'Service', c.up.name, 'service')],
    examples: { service: '.+' },
    about: '$service',
    rows: [
      row(
        'How many',
        logLines(
          'By level',
          'Log lines per second, by level.',
          `sum by (level) (rate(${stream}[$__auto]))`,
          '{{level}}',
          { width: 12 },
        ),
        logLines(
          'By service',
          'Log lines per second, by service.',
          `sum by (service) (rate(${stream}[$__auto]))`,
          '{{service}}',
          { width: 12 },
        ),
        logLines(
          'Warnings and errors',
          'Log lines per second with a warning or worse, by service.',
          `sum by (service) (rate(${bad}[$__auto]))`,
          '{{service}}',
          { width: 24, noValue: 'nothing to warn of' },
        ),
      ),
      row('What alerts count', ...counted.map(countedPanel)),
      row(
        'Warnings and errors',
        logs('Lines that warn or worse', 'Newest first; `trace_id` leads to the trace.', bad, {
          noValue: 'nothing to warn of',
        }),
      ),
      row(
        'All',
        logs('Lines', 'Newest first; `trace_id` leads to the trace.', stream, { height: 16 }),
      ),
    ],
  });

/** Patterns that the collector counts as lines pass, the worst first. */
const counted = [
  c.logUncaught,
  c.logErrors,
  c.logAuthFailures,
  c.logDatabaseFailures,
  c.logCacheFailures,
  c.logLines,
];

const countedPanel = (signal: LogSignal) =>
  lines(
    titled(signal.name.replace(/^log_(.*)_total$/, '$1').replaceAll('_', ' ')),
    signal.help,
    'cps',
    [
      query(
        q.sumBy(
          ['log_service'],
          q.rate(q.pick(countedLines(signal), {}, { log_service: 'service' })),
        ),
        '{{log_service}}',
      ),
    ],
  );

import * as q from '@sprout/query/typed';
import { figure, lines, lowIsGood, query, table } from '../panels/panel.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row } from './dashboard.ts';

/** What the dashboard of batch jobs is made of. */
export const batchNeeds = [
  'batch_runs_total',
  'batch_run_duration_seconds',
  'batch_items_total',
  'batch_last_success_timestamp_seconds',
  'batch_success_age_seconds',
];

/** Jobs that run by the clock: did they, how did they end, what did they do. */
export function batchDashboard(signals: Watched) {
  const runs = signals.counter('batch_runs_total');
  const duration = signals.histogram('batch_run_duration_seconds');
  const items = signals.counter('batch_items_total');
  const age = signals.gauge('batch_success_age_seconds');
  const last = signals.gauge('batch_last_success_timestamp_seconds');
  const ofJob = <L extends string>(v: q.Vector<L | 'batch_job'>) => q.maxBy(['batch_job'], v);
  return board({
    slug: 'batch',
    title: 'Batch jobs',
    description: 'Runs of batch jobs, how they ended and what they worked through.',
    folder: folders.services,
    about: 'batch-order',
    rows: [
      row(
        'Now',
        figure(
          'Since the last success',
          age.help,
          's',
          [query(ofJob(q.value(q.pick(age))), '{{batch_job}}')],
          {
            width: 12,
            thresholds: lowIsGood(180, 300),
            height: 6,
          },
        ),
        table(
          'Last success',
          'When a job last came to its end, and how many runs the range has seen.',
          'short',
          [
            query(q.since(ofJob(q.value(q.pick(last)))), 'Ago', { unit: 's' }),
            query(q.sumBy(['batch_job'], q.increase(q.pick(runs))), 'Runs'),
            query(q.sumBy(['batch_job'], q.increase(q.pick(items))), 'Orders'),
          ],
          { height: 6 },
        ),
      ),
      row(
        'Over time',
        lines('Runs', runs.help, 'cps', [
          query(
            q.sumBy(['batch_job', 'outcome'], q.rate(q.pick(runs))),
            '{{batch_job}} {{outcome}}',
          ),
        ]),
        lines('Duration of a run, p99', duration.help, 's', [
          query(q.quantile(0.99, q.pick(duration), ['batch_job']), '{{batch_job}}'),
        ]),
        lines('Orders', items.help, 'cps', [
          query(q.sumBy(['batch_job'], q.rate(q.pick(items))), '{{batch_job}}'),
        ]),
      ),
    ],
  });
}

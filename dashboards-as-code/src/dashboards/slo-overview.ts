import type { ThresholdModel } from '@sprout/grafana';
import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { firing } from '../panels/annotations.ts';
import { query, table } from '../panels/panel.ts';
import { signalPanel } from '../panels/signal-panel.ts';
import { slugs } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';

/** Colours of a budget: spent is red, a quarter left is orange. */
export const budgetColours: readonly ThresholdModel[] = [
  { color: 'red' },
  { from: 0, color: 'orange' },
  { from: 0.25, color: 'green' },
];

const each = <L extends string>(series: q.GaugeSeries<L | 'objective'>) =>
  q.maxBy(['objective'], q.value(series));
const burn = (window: string) => each(q.pick(c.sloBurnRate, { window }));

/** Every promise at a glance: kept or not, what budget is left, what burns. */
export function overviewDashboard(): Dashboard {
  return board({
    slug: slugs.overview,
    title: 'Objectives',
    description:
      'Every objective: target, compliance, error budget left, burn rates, how long the budget lasts.',
    tags: ['slo'],
    folder: folders.promises,
    rows: [
      row(
        'Now',
        table(
          'Objectives',
          'What is promised and kept over the window of each objective, and how fast its budget goes.',
          'percentunit',
          [
            query(each(q.pick(c.sloTarget)), 'Target'),
            query(each(q.pick(c.sloCompliance)), 'Compliance'),
            query(each(q.pick(c.sloBudgetLeft)), 'Budget left'),
            query(burn('1h'), 'Burn 1h', { unit: 'short' }),
            query(burn('6h'), 'Burn 6h', { unit: 'short' }),
            query(burn('3d'), 'Burn 3d', { unit: 'short' }),
            query(each(q.pick(c.sloExhaustion)), 'Budget lasts', { unit: 's', quiet: true }),
            query(each(q.pick(c.sloCoverage)), 'Coverage'),
          ],
          { width: 24, height: 14, links: [toDetail] },
        ),
        table(
          'Firing alerts',
          'Alerts that fire now and of which somebody is told.',
          'none',
          [
            query(
              q.aggregate('count', ['alertname', 'severity', 'objective'], q.value(firing)),
              'Firing',
            ),
          ],
          { width: 24, height: 8, noValue: 'nothing fires' },
        ),
      ),
      row(
        'Over time',
        ...signalPanel(c.sloBudgetLeft, { title: 'Budget left', width: 12 }),
        ...signalPanel(c.sloBurnRate, { title: 'Burn rate', width: 12 }),
        ...signalPanel(c.sloCompliance, { title: 'Compliance', width: 12 }),
        ...signalPanel(c.sloCoverage, { title: 'Coverage', width: 12 }),
      ),
    ],
  });
}

const toDetail = {
  title: 'Detail',
  url: `/d/${slugs.detail}?var-objective=\${__data.fields.objective}&\${__url_time_range}`,
};

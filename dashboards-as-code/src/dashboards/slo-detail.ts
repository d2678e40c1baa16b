import type { RowModel, ThresholdModel } from '@sprout/grafana';
import { burnRatePairs, sliRecording } from '@sprout/objectives';
import { minus, number, ratio, selector } from '@sprout/query';
import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { firing } from '../panels/annotations.ts';
import { figure, lines, lowIsGood, query, timeline } from '../panels/panel.ts';
import { signalPanel } from '../panels/signal-panel.ts';
import { choice, slugs } from '../panels/variables.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { budgetColours } from './slo-overview.ts';

const objective = '$objective';
const where = { objective };
const bad = selector(sliRecording('bad', '5m', objective));
const valid = selector(sliRecording('valid', '5m', objective));
const now = <L extends string>(gauge: q.GaugeSeries<L>) => q.maxBy([], q.value(gauge));
const target = query(now(q.pick(c.sloTarget, where)), 'target');

/** Burn rates from which alerts fire; they are the same for promises of every length. */
const burnColours: readonly ThresholdModel[] = [
  { color: 'green' },
  ...burnRatePairs(30 * 86_400)
    .toSorted((a, b) => a.factor - b.factor)
    .map(({ factor, severity }) => ({
      from: factor,
      color: severity === 'page' ? ('red' as const) : ('orange' as const),
    })),
];

/** One promise: what is left of its budget, and what spent it. `example` is some objective. */
export function detailDashboard(signals: Watched, example: string): Dashboard {
  return board({
    slug: slugs.detail,
    title: 'Objective',
    description: 'The error budget of one objective, its burn rates, events and alerts.',
    folder: folders.promises,
    tags: ['slo'],
    variables: [choice('objective', 'Objective', c.sloBudgetLeft.name, 'objective', false)],
    examples: { objective: example },
    rows: [budgetRow(), spendingRow(), ...groupRows(signals)],
  });
}

/** Exact figures, from the ledger of the SLO service. */
const budgetRow = (): RowModel =>
  row(
    'Budget',
    figure(
      'Budget left',
      c.sloBudgetLeft.help,
      'percentunit',
      [query(now(q.pick(c.sloBudgetLeft, where)), 'left')],
      { thresholds: budgetColours },
    ),
    figure(
      'Budget lasts',
      c.sloExhaustion.help,
      's',
      [query(now(q.pick(c.sloExhaustion, where)), 'lasts', { quiet: true })],
      { noValue: 'nothing spends it' },
    ),
    figure(
      'Burn rate, last hour',
      'Error ratio of the last hour as a multiple of what is allowed: 1 spends exactly the budget.',
      'short',
      [query(now(q.pick(c.sloBurnRate, { ...where, window: '1h' })), 'burn')],
      { thresholds: lowIsGood(1, 14.4) },
    ),
    figure('Target', c.sloTarget.help, 'percentunit', [target]),
    figure('Compliance', c.sloCompliance.help, 'percentunit', [
      query(now(q.pick(c.sloCompliance, where)), 'kept'),
    ]),
    figure('Coverage', c.sloCoverage.help, 'percentunit', [
      query(now(q.pick(c.sloCoverage, where)), 'measured'),
    ]),
    ...signalPanel(c.sloBudgetLeft, { where, title: 'Budget left over time', width: 12 }),
    ...signalPanel(c.sloBudgetLeftRaw, {
      where,
      title: 'Budget left, excluded time included',
      width: 12,
    }),
  );

const spendingRow = (): RowModel =>
  row(
    'What spends it',
    ...signalPanel(c.sloBurnRate, { where, title: 'Burn rate by window', width: 12 }).map(
      (panel) => ({ ...panel, thresholds: burnColours }),
    ),
    lines(
      'Good events',
      'Fraction of events of the last 5 minutes that were good, and what is promised.',
      'percentunit',
      [query(minus(number(1), ratio(bad, valid)), 'good'), target],
      { width: 12 },
    ),
    lines(
      'Valid events',
      'Events per second that count, over 5 minutes.',
      'cps',
      [query(valid, 'valid')],
      { width: 12 },
    ),
    lines(
      'Bad events',
      'Events per second that spend budget, over 5 minutes.',
      'cps',
      [query(bad, 'bad')],
      { width: 12 },
    ),
    timeline(
      'Alerts',
      'When alerts of the objective fired of which somebody is told.',
      'none',
      [
        query(
          q.maxBy(['alertname', 'severity'], q.value(ofObjective)),
          '{{alertname}} {{severity}}',
        ),
      ],
      {
        width: 24,
        states: [{ value: 1, text: 'fires', color: 'red' }],
        noValue: 'nothing has fired',
      },
    ),
  );

const ofObjective = {
  ...firing,
  matchers: [...firing.matchers, { label: 'objective', op: '=' as const, value: objective }],
};

/** Only of objectives that are measured by group, and where they are declared so. */
function groupRows(signals: Watched): RowModel[] {
  if (!signals.has(...groupGauges)) return [];
  const ofGroup = (name: string, more: Readonly<Record<string, string>> = {}) =>
    q.maxBy(['group'], q.value(q.pick(signals.gauge(name), { ...where, ...more })));
  const [burnRate = '', budgetLeft = ''] = groupGauges;
  return [
    {
      title: 'By group',
      onlyWithData: true,
      panels: [
        lines(
          'Burn rate of the last hour, the ten worst',
          'Error ratio of a group as a multiple of what its objective allows.',
          'short',
          [query(q.top(10, ofGroup(burnRate, { window: '1h' })), '{{group}}')],
          { width: 12, noValue: 'it is not measured by group' },
        ),
        lines(
          'Budget left',
          'Error budget left of each group, were it promised what its objective is.',
          'percentunit',
          [query(ofGroup(budgetLeft), '{{group}}')],
          { width: 12, noValue: 'it is not measured by group' },
        ),
      ],
    },
  ];
}

const groupGauges = ['slo_group_burn_rate', 'slo_group_budget_left_ratio'];

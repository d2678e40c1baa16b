import type { PanelModel, QueryModel, Unit } from '@sprout/grafana';
import { sliRecording } from '@sprout/objectives';
import { aggregate, minus, number, ratio, selector } from '@sprout/query';
import type { Expression } from '@sprout/query';
import { sloBudgetLeft, sloBurnRate, sloCompliance, sloCoverage } from '@sprout/signals/catalogue';
import { signalPanel } from '../panels/signal-panel.ts';
import { choice, slugs } from '../panels/variables.ts';
import { board, folders } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';
import { budgetColours } from './slo-overview.ts';

const objective = '$objective';
const where = { objective };
const bad = selector(sliRecording('bad', '5m', objective));
const valid = selector(sliRecording('valid', '5m', objective));

/** One promise: what is left of its budget, and what spent it. `example` is some objective. */
export function detailDashboard(example: string): Dashboard {
  return board({
    slug: slugs.detail,
    title: 'Objective',
    description: 'The error budget of one objective, its burn rates and its events.',
    folder: folders.promises,
    tags: ['slo'],
    variables: [choice('objective', 'Objective', sloBudgetLeft.name, 'objective', false)],
    examples: { objective: example },
    rows: [
      {
        title: 'Budget',
        panels: [
          ...ledgerPanels(),
          ...signalPanel(sloBudgetLeft, { where, title: 'Budget left over time', width: 24 }),
        ],
      },
      {
        title: 'What spends it',
        panels: [
          ...signalPanel(sloBurnRate, { where, title: 'Burn rate by window', width: 12 }),
          lines(
            'Good events',
            'Fraction of events of the last 5 minutes that were good.',
            'percentunit',
            [{ expr: minus(number(1), ratio(bad, valid)).text, legend: 'good' }],
          ),
          lines('Valid events', 'Events per second that count, over 5 minutes.', 'cps', [
            { expr: valid.text, legend: 'valid' },
          ]),
          lines('Bad events', 'Events per second that spend budget, over 5 minutes.', 'cps', [
            { expr: bad.text, legend: 'bad' },
          ]),
        ],
      },
    ],
  });
}

/** Exact figures, from the ledger of the SLO service. */
function ledgerPanels(): PanelModel[] {
  const current = (signal: { where(labels: typeof where): Parameters<typeof selector>[0] }) =>
    aggregate('max', [], selector(signal.where(where)));
  return [
    {
      ...figure('Budget left', sloBudgetLeft.help, current(sloBudgetLeft)),
      thresholds: budgetColours,
    },
    figure('Compliance', sloCompliance.help, current(sloCompliance)),
    figure('Coverage', sloCoverage.help, current(sloCoverage)),
  ];
}

const figure = (title: string, description: string, expr: Expression): PanelModel => ({
  title,
  description,
  view: 'stat',
  unit: 'percentunit',
  width: 8,
  height: 4,
  queries: [{ expr: expr.text, legend: title }],
});

const lines = (
  title: string,
  description: string,
  unit: Unit,
  queries: readonly QueryModel[],
): PanelModel => ({ title, description, view: 'timeseries', unit, queries, width: 12, height: 8 });

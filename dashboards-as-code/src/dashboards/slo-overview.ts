import type { PanelModel, ThresholdModel } from '@sprout/grafana';
import { aggregate, compare, selector, series } from '@sprout/query';
import { sloBudgetLeft, sloBurnRate, sloCompliance, sloCoverage } from '@sprout/signals/catalogue';
import { signalPanel } from '../panels/signal-panel.ts';
import { slugs } from '../panels/variables.ts';
import { board, folders } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';

/** Colours of a budget: spent is red, a quarter left is orange. */
export const budgetColours: readonly ThresholdModel[] = [
  { color: 'red' },
  { from: 0, color: 'orange' },
  { from: 0.25, color: 'green' },
];

/** Every promise at a glance: kept or not, what budget is left, what burns. */
export function overviewDashboard(): Dashboard {
  return board({
    slug: slugs.overview,
    title: 'Objectives',
    description: 'Every objective: compliance, error budget left, burn rate and coverage.',
    tags: ['slo'],
    folder: folders.promises,
    rows: [
      { title: 'Now', panels: [table(), alerts()] },
      {
        title: 'Over time',
        panels: [
          ...signalPanel(sloBudgetLeft, { title: 'Budget left', width: 12 }),
          ...signalPanel(sloBurnRate, { title: 'Burn rate', width: 12 }),
          ...signalPanel(sloCompliance, { title: 'Compliance', width: 12 }),
          ...signalPanel(sloCoverage, { title: 'Coverage', width: 12 }),
        ],
      },
    ],
  });
}

function table(): PanelModel {
  const column = (signal: { readonly name: string }, legend: string) => ({
    expr: aggregate('max', ['objective'], selector(series(signal.name))).text,
    legend,
  });
  return {
    title: 'Objectives',
    description: 'Compliance and error budget over the window of each objective.',
    view: 'table',
    unit: 'percentunit',
    width: 16,
    height: 12,
    queries: [
      column(sloBudgetLeft, 'Budget left'),
      column(sloCompliance, 'Compliance'),
      column(sloCoverage, 'Coverage'),
    ],
    links: [
      {
        title: 'Detail',
        url: `/d/${slugs.detail}?var-objective=\${__data.fields.objective}&\${__url_time_range}`,
      },
    ],
  };
}

function alerts(): PanelModel {
  const firing = selector(series('ALERTS', { alertstate: 'firing' }));
  return {
    title: 'Firing alerts',
    description: 'Alerts that fire now, by name. The watchdog always does.',
    view: 'table',
    unit: 'none',
    width: 8,
    height: 12,
    queries: [
      {
        expr: compare(aggregate('count', ['alertname', 'severity'], firing), '>', 0).text,
        legend: 'Firing',
      },
    ],
  };
}

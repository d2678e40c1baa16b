import { badRequests, requests } from './rule-set.ts';
import type { BenchRule, RuleSet, SimulatedPair } from './rule-set.ts';

/** Sloth names no interval, so its rules take Prometheus' own; its operator's is 30 s. */
const intervalSeconds = 30;
const rawWindows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/** What Sloth 0.16 generates by default for an events SLI over 30 days, in our words. */
export function sloth(target: number): RuleSet {
  const allowed = Number((1 - target).toPrecision(12));
  return {
    tool: 'Sloth',
    groups: [
      { name: 'sloth-sli', intervalSeconds, purpose: 'alerts', rules: rawWindows.map(ratioOver) },
      { name: 'sloth-budget', intervalSeconds, purpose: 'budget', rules: budgetRules(target) },
      {
        name: 'sloth-alerts',
        intervalSeconds,
        purpose: 'alerts',
        rules: [
          {
            alert: 'SlothPage',
            expr: anyOf(allowed, [14.4, '5m', '1h'], [6, '30m', '6h']),
          },
          { alert: 'SlothTicket', expr: anyOf(allowed, [3, '2h', '1d'], [1, '6h', '3d']) },
        ],
      },
    ],
    alertNames: { page: ['SlothPage'], ticket: ['SlothTicket'] },
    pairs: [
      pair('page', 14.4 * allowed, 60, 5),
      pair('page', 6 * allowed, 360, 30),
      pair('ticket', 3 * allowed, 1440, 120),
      pair('ticket', allowed, 4320, 360),
    ],
  };
}

const ratioOver = (window: string): BenchRule => ({
  record: `slo:sli_error:ratio_rate${window}`,
  expr: `(sum(rate(${badRequests}[${window}]))) / (sum(rate(${requests}[${window}])))`,
  labels: { sloth_id: 'shop', sloth_window: window },
});

type Burn = readonly [factor: number, short: string, long: string];

function anyOf(allowed: number, ...burns: readonly Burn[]): string {
  const over = (window: string, factor: number) =>
    `max(slo:sli_error:ratio_rate${window}{sloth_id="shop"} > (${factor} * ${allowed})) without (sloth_window)`;
  return burns
    .map(([factor, short, long]) => `(${over(short, factor)} and ${over(long, factor)})`)
    .join(' or ');
}

function budgetRules(target: number): BenchRule[] {
  const labels = { sloth_id: 'shop' };
  const of = '{sloth_id="shop"}';
  const base = `slo:sli_error:ratio_rate5m${of}[30d]`;
  return [
    {
      record: 'slo:sli_error:ratio_rate30d',
      expr: `sum_over_time(${base}) / ignoring (sloth_window) count_over_time(${base})`,
      labels: { ...labels, sloth_window: '30d' },
    },
    { record: 'slo:objective:ratio', expr: `vector(${target})`, labels },
    { record: 'slo:error_budget:ratio', expr: `vector(1-${target})`, labels },
    { record: 'slo:time_period:days', expr: 'vector(30)', labels },
    {
      record: 'slo:current_burn_rate:ratio',
      expr: `slo:sli_error:ratio_rate5m${of} / on(sloth_id) group_left slo:error_budget:ratio${of}`,
      labels,
    },
    {
      record: 'slo:period_burn_rate:ratio',
      expr: `slo:sli_error:ratio_rate30d${of} / on(sloth_id) group_left slo:error_budget:ratio${of}`,
      labels,
    },
    {
      record: 'slo:period_error_budget_remaining:ratio',
      expr: `1 - slo:period_burn_rate:ratio${of}`,
      labels,
    },
    { record: 'sloth_slo_info', expr: 'vector(1)', labels },
  ];
}

const pair = (
  severity: SimulatedPair['severity'],
  ratioAbove: number,
  longMinutes: number,
  shortMinutes: number,
): SimulatedPair => ({
  severity,
  ratioAbove,
  longMinutes,
  shortMinutes,
  badEventsMin: 0,
  forMinutes: 0,
  everyMinutes: 1,
  averages: false,
  needsHistory: false,
});

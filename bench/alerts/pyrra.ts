import { badRequests, requests } from './rule-set.ts';
import type { BenchRule, RuleSet } from './rule-set.ts';

const intervalSeconds = 30;
/** The rules that count the period are evaluated every 30 s for each begun week of it. */
const periodIntervalSeconds = 150;

/** Pyrra's windows are those of 28 days, stretched to 30 and rounded to a minute. */
const stretched = (minutes: number): number => Math.round((minutes * 30) / 28);
const burns = [
  { severity: 'page', factor: 14, long: 60, short: 5, held: 2 },
  { severity: 'page', factor: 7, long: 360, short: 30, held: 15 },
  { severity: 'ticket', factor: 2, long: 1440, short: 120, held: 60 },
  { severity: 'ticket', factor: 1, long: 5760, short: 360, held: 180 },
].map(({ severity, factor, long, short, held }) => ({
  severity: severity === 'page' ? ('page' as const) : ('ticket' as const),
  factor,
  long: stretched(long),
  short: stretched(short),
  held: stretched(held),
}));

/** What Pyrra generates by default for a ratio SLI over 30 days, in our words. */
export function pyrra(target: number): RuleSet {
  const windows = [...new Set(burns.flatMap(({ short, long }) => [short, long]))];
  return {
    tool: 'Pyrra',
    groups: [
      {
        name: 'pyrra-burnrate',
        intervalSeconds,
        purpose: 'alerts',
        rules: [
          ...windows.map(burnRateOver),
          ...burns.map((burn): BenchRule => {
            const over = (minutes: number) =>
              `shop:burnrate${minutes}m{slo="shop"} > (${burn.factor} * (1-${target}))`;
            return {
              alert: `Pyrra${burn.severity}${burn.factor}`,
              expr: `${over(burn.short)} and ${over(burn.long)}`,
              for: `${burn.held}m`,
            };
          }),
        ],
      },
      {
        name: 'pyrra-increase',
        intervalSeconds: periodIntervalSeconds,
        purpose: 'budget',
        rules: [
          {
            record: 'shop_requests:increase30d',
            expr: `sum by (outcome) (increase(${requests}[30d]))`,
            labels: { slo: 'shop' },
          },
          { alert: 'PyrraMetricAbsent', expr: `absent(${requests}) == 1`, for: '2m' },
        ],
      },
      { name: 'pyrra-generic', intervalSeconds, purpose: 'budget', rules: genericRules(target) },
    ],
    alertNames: { page: ['Pyrrapage14', 'Pyrrapage7'], ticket: ['Pyrraticket2', 'Pyrraticket1'] },
    pairs: burns.map(({ severity, factor, long, short, held }) => ({
      severity,
      ratioAbove: factor * (1 - target),
      longMinutes: long,
      shortMinutes: short,
      badEventsMin: 0,
      forMinutes: held,
      everyMinutes: 1,
      averages: false,
      needsHistory: false,
    })),
  };
}

const burnRateOver = (minutes: number): BenchRule => ({
  record: `shop:burnrate${minutes}m`,
  expr: `sum(rate(${badRequests}[${minutes}m])) / sum(rate(${requests}[${minutes}m]))`,
  labels: { slo: 'shop' },
});

function genericRules(target: number): BenchRule[] {
  const labels = { slo: 'shop' };
  const increase = 'shop_requests:increase30d{slo="shop"}';
  const bad = 'shop_requests:increase30d{slo="shop",outcome="bad"}';
  return [
    { record: 'pyrra_objective', expr: `vector(${target})`, labels },
    { record: 'pyrra_window', expr: 'vector(2592000)', labels },
    {
      record: 'pyrra_availability',
      expr: `1 - sum(${bad} or vector(0)) / sum(${increase})`,
      labels,
    },
    { record: 'pyrra_requests:rate5m', expr: `sum(rate(${requests}[5m]))`, labels },
    { record: 'pyrra_errors:rate5m', expr: `sum(rate(${badRequests}[5m])) or vector(0)`, labels },
  ];
}

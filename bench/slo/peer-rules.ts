/** A rule of Prometheus. */
export interface PeerRule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules that are evaluated together. */
export interface RuleSet {
  readonly name: string;
  /** How often the tool evaluates them by default. */
  readonly perMinute: number;
  rulesOf(objective: string): readonly PeerRule[];
}

const target = 0.99;
const allowed = 0.01;
const selectors = (objective: string) => ({
  total: `shop_requests_total{route="${objective}"}`,
  failed: `shop_requests_total{route="${objective}",code="500"}`,
});
const burn = (objective: string, window: string): string => {
  const { total, failed } = selectors(objective);
  return `sum(rate(${failed}[${window}])) / sum(rate(${total}[${window}]))`;
};

/**
 * What Sloth generates for an event SLI of 30 days, as its documentation describes it
 * (https://sloth.dev/introduction/architecture/): error ratios of seven windows from the counters,
 * the period's as the mean of the recorded 5-minute ones, seven facts about the SLO, two alerts.
 * Its groups have no interval, so Prometheus' default of one minute holds.
 */
const sloth: RuleSet = {
  name: 'Sloth',
  perMinute: 1,
  rulesOf: (objective) => {
    const labels = { sloth_id: objective, sloth_service: 'shop', sloth_slo: objective };
    const of = (name: string) => `${name}{sloth_id="${objective}"}`;
    const ratio = (window: string) => of(`slo:sli_error:ratio_rate${window}`);
    const perBudget = (window: string) =>
      `${ratio(window)} / on(sloth_id) group_left ${of('slo:error_budget:ratio')}`;
    const pair = (short: string, long: string, factor: number) =>
      `(max(${ratio(short)} > ${factor * allowed}) without (sloth_window) and max(${ratio(long)} > ${factor * allowed}) without (sloth_window))`;
    return [
      ...['5m', '30m', '1h', '2h', '6h', '1d', '3d'].map((window) => ({
        record: `slo:sli_error:ratio_rate${window}`,
        expr: burn(objective, window),
        labels: { ...labels, sloth_window: window },
      })),
      {
        record: 'slo:sli_error:ratio_rate30d',
        expr: `sum_over_time(${ratio('5m')}[30d]) / ignoring(sloth_window) count_over_time(${ratio('5m')}[30d])`,
        labels: { ...labels, sloth_window: '30d' },
      },
      { record: 'slo:objective:ratio', expr: `vector(${target})`, labels },
      { record: 'slo:error_budget:ratio', expr: `vector(1 - ${target})`, labels },
      { record: 'slo:time_period:days', expr: 'vector(30)', labels },
      { record: 'slo:current_burn_rate:ratio', expr: perBudget('5m'), labels },
      { record: 'slo:period_burn_rate:ratio', expr: perBudget('30d'), labels },
      {
        record: 'slo:period_error_budget_remaining:ratio',
        expr: `1 - ${of('slo:period_burn_rate:ratio')}`,
        labels,
      },
      { record: 'sloth_slo_info', expr: 'vector(1)', labels },
      { alert: 'Page', expr: `${pair('5m', '1h', 14.4)} or ${pair('30m', '6h', 6)}`, labels },
      { alert: 'Ticket', expr: `${pair('2h', '1d', 3)} or ${pair('6h', '3d', 1)}`, labels },
    ];
  },
};

/** Windows of Pyrra for 30 days: those of 28 days scaled, rounded to a minute. */
const pyrraPairs = [
  ['5m', '1h4m', 14],
  ['32m', '6h26m', 7],
  ['2h9m', '1d1h43m', 2],
  ['6h26m', '4d6h51m', 1],
] as const;

/**
 * What Pyrra generates for a ratio objective of 30 days, as its documentation describes it
 * (https://github.com/pyrra-dev/pyrra, README and docs/performance-mode.md): burn rates of seven
 * windows and four alerts every 30 seconds.
 */
const pyrraBurn: RuleSet = {
  name: 'Pyrra, burn rates',
  perMinute: 2,
  rulesOf: (objective) => {
    const labels = { slo: objective };
    const rate = (window: string) => `requests:burnrate${window}{slo="${objective}"}`;
    const windows = new Set(pyrraPairs.flatMap(([short, long]) => [short, long]));
    return [
      ...Array.from(windows, (window) => ({
        record: `requests:burnrate${window}`,
        expr: burn(objective, window),
        labels,
      })),
      ...pyrraPairs.map(([short, long, factor]) => ({
        alert: 'ErrorBudgetBurn',
        expr: `${rate(short)} > (${factor} * (1 - ${target})) and ${rate(long)} > (${factor} * (1 - ${target}))`,
        labels: { ...labels, long },
      })),
    ];
  },
};

/** Pyrra's increases over the whole window, its facts and its absence alert, every 150 seconds. */
const pyrraIncrease: RuleSet = {
  name: 'Pyrra, increases',
  perMinute: 60 / 150,
  rulesOf: (objective) => {
    const labels = { slo: objective };
    const { total, failed } = selectors(objective);
    const increase = `requests:increase30d{slo="${objective}"`;
    return [
      {
        record: 'requests:increase30d',
        expr: `sum by (code) (increase(${total}[30d]))`,
        labels,
      },
      { alert: 'SLOMetricAbsent', expr: `absent(${total}) == 1`, labels },
      { record: 'pyrra_objective', expr: `vector(${target})`, labels },
      { record: 'pyrra_window', expr: 'vector(2592000)', labels },
      {
        record: 'pyrra_availability',
        expr: `1 - sum(${increase},code="500"}) / sum(${increase}})`,
        labels,
      },
      { record: 'pyrra_requests:rate5m', expr: `sum(rate(${total}[5m]))`, labels },
      { record: 'pyrra_errors:rate5m', expr: `sum(rate(${failed}[5m]))`, labels },
    ];
  },
};

export const ruleSets: readonly RuleSet[] = [sloth, pyrraBurn, pyrraIncrease];

import type { PanelModel, QueryModel, Unit } from '@sprout/grafana';
import { aggregate, call, selector, sumBy } from '@sprout/query';
import type { Expression, Series } from '@sprout/query';
import type { CompiledSignal, Metric } from '@sprout/signals';

/** A signal as it is declared, or as it stands in the compiled configuration. */
type AnyMetric = Metric | Extract<CompiledSignal, { kind: 'metric' }>;

/** What narrows or changes the panel of a signal. */
export interface SignalPanelOptions {
  /** Values may be variables, for example `{ service: '$service' }`. */
  readonly where?: Readonly<Record<string, string>>;
  readonly title?: string;
  readonly width?: number;
}

/** Window of rates: long enough for two samples at any zoom. */
const rateWindow = '$__rate_interval';

/**
 * The panel of a signal, as its panel hint wants to be looked at. A label that `where` pins to
 * one value gives no lines of its own. Undefined for signals without a panel.
 */
export function signalPanel(signal: AnyMetric, options: SignalPanelOptions = {}): PanelModel[] {
  const { where = {} } = options;
  const by = signal.panel.by.filter((label) => !(label in where));
  const title = options.title ?? signal.panel.title ?? titleOf(signal);
  const queries = queriesOf(signal, where, by, title);
  if (queries.length === 0) return [];
  return [
    {
      title,
      description: signal.help,
      view: 'timeseries',
      unit: unitOf(signal),
      queries,
      width: options.width ?? 8,
      height: 8,
    },
  ];
}

/** Events per second over the window that fits the zoom. */
export function rateOf(source: Series): Expression {
  return call('rate', `${selector(source).text}[${rateWindow}]`);
}

/** A quantile of a classic histogram, one line for each combination of `by`. */
export function quantileOf(phi: number, histogram: Series, by: readonly string[]): Expression {
  const buckets = { ...histogram, metric: `${histogram.metric}_bucket` };
  return call('histogram_quantile', String(phi), sumBy(['le', ...by], rateOf(buckets)).text);
}

/** A legend that names the labels, or `otherwise` when there are none. */
export function legendOf(by: readonly string[], otherwise: string): string {
  return by.length === 0 ? otherwise : by.map((label) => `{{${label}}}`).join(' ');
}

function queriesOf(
  signal: AnyMetric,
  where: Readonly<Record<string, string>>,
  by: readonly string[],
  only: string,
): QueryModel[] {
  const source = narrowed(signal.name, where);
  switch (signal.panel.view) {
    case 'rate':
      return [{ expr: sumBy(by, rateOf(source)).text, legend: legendOf(by, only) }];
    case 'value':
    case 'ratio':
      return [{ expr: aggregate('max', by, selector(source)).text, legend: legendOf(by, only) }];
    case 'quantiles':
      return quantiles(source, by);
    case 'heatmap':
      return quantiles(source, []);
    case 'none':
      return [];
  }
}

function quantiles(source: Series, by: readonly string[]): QueryModel[] {
  return [0.5, 0.95, 0.99].map((phi) => ({
    expr: quantileOf(phi, source, by).text,
    legend: `p${phi * 100} ${legendOf(by, '')}`.trim(),
    exemplars: phi === 0.99,
  }));
}

function narrowed(metric: string, where: Readonly<Record<string, string>>): Series {
  const matchers = Object.entries(where).map(([label, value]) => ({
    label,
    op: '=' as const,
    value,
  }));
  return { metric, matchers };
}

/** Words as a title: a capital first, and abbreviations as people write them. */
export function titled(words: string): string {
  const written = words.replaceAll(
    /\b(cpu|gc|http|slo|nodejs)\b/gi,
    (word) => abbreviations[word] ?? word,
  );
  return written.charAt(0).toUpperCase() + written.slice(1);
}

const abbreviations: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  gc: 'GC',
  http: 'HTTP',
  slo: 'SLO',
  nodejs: 'Node.js',
};

function titleOf({ name, type }: AnyMetric): string {
  const words = name.replace(/_(total|seconds|bytes|ratio)$/, '').replaceAll('_', ' ');
  const title = titled(words);
  return type === 'counter' ? `${title} per second` : title;
}

const unitBySignal: Readonly<Record<string, Unit>> = {
  seconds: 's',
  bytes: 'bytes',
  ratio: 'percentunit',
};

function unitOf(signal: AnyMetric): Unit {
  // CPU seconds per second are a fraction of one core.
  if (signal.type === 'counter') return signal.unit === 'seconds' ? 'percentunit' : 'cps';
  return unitBySignal[signal.unit] ?? 'short';
}

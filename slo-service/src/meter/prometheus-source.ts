import { selector } from '@sprout/query';
import type { MatrixSeries, PrometheusClient } from '@sprout/query';
import { knownLabels } from './known-labels.ts';
import type { MeterPlan } from './plan.ts';
import { readIncreases } from './prometheus-increases.ts';
import { narrowTo, planCounting, planReading, queryText } from './read-plan.ts';
import type { PlannedQuery, ReadPlan } from './read-plan.ts';
import type { Reading, ReadRange, SampleRun, SampleSource } from './reading.ts';
import type { MeterRules } from './rules.ts';
import { isTooMuch, tooCostly } from './too-much.ts';

/** What one query may ask for. */
export interface SourceLimits {
  readonly samplesPerQuery?: number | undefined;
  readonly rangeSecondsPerQuery?: number | undefined;
  readonly queriesAtOnce?: number | undefined;
}

/** What has been read from a source. */
export interface SourceUsage {
  /** Since when it is counted, Unix milliseconds; null before the first reading. */
  readonly sinceMs: number | null;
  readonly queries: number;
  readonly samples: number;
  /** Selector text → series of the newest reading that found any. */
  readonly series: ReadonlyMap<string, number>;
  /** Series of `up` and of `process_start_time_seconds`. */
  readonly targetSeries: number;
}

/** A source that knows what it costs. */
export interface PrometheusSource extends SampleSource {
  usage(): SourceUsage;
}

/** Mimir and Grafana Cloud refuse queries of more than some millions. */
const samplesPerQuery = 2_000_000;
const queriesAtOnce = 4;
/** Points of one series in one range query: it decodes all samples between them, a week of hours. */
const pointsMax = 168;

/**
 * Reads raw samples through the query API of Prometheus: an instant query of a range selector
 * answers samples with their own timestamps, neither aligned nor extrapolated. With a step it
 * reads the newest value at each step instead. A query that is too much is split, by selections
 * and then by time.
 */
export function prometheusSource(
  client: PrometheusClient,
  plan: MeterPlan,
  rules: Pick<MeterRules, 'scrapeIntervalMs' | 'minuteMs' | 'replicaLabels'>,
  limits: SourceLimits = {},
): PrometheusSource {
  const targets = ['up', 'process_start_time_seconds'].map((metric) => targetQuery(metric, plan));
  const plans = new WeakMap<MeterPlan, ReadPlan>();
  const atOnce = limits.queriesAtOnce ?? queriesAtOnce;
  const asking: Asking = {
    client,
    rules,
    scrapeIntervalMs: rules.scrapeIntervalMs,
    samplesMax: limits.samplesPerQuery ?? samplesPerQuery,
    rangeMsMax: (limits.rangeSecondsPerQuery ?? Infinity) * 1000,
    usage: { sinceMs: null, queries: 0, samples: 0, series: new Map(), targetSeries: 0 },
    seriesOf: new WeakMap(),
    labelsOf: new WeakMap(),
  };
  return {
    usage: () => asking.usage,
    read: async (range, current = plan) => {
      asking.usage.sinceMs ??= range.toMs;
      const { queries, derived } = plans.get(current) ?? planReading(current.selections);
      plans.set(current, { queries, derived });
      const all = [...targets, ...queries];
      const answers = await inTurn(all, atOnce, (query) =>
        readQuery(asking, query, [...query.selections.keys()], range),
      );
      const [ups = [], starts = []] = answers;
      const counters = new Map<string, SampleRun[]>();
      for (const [index, query] of queries.entries()) assign(counters, query, answers[index + 2]);
      for (const one of derived) {
        counters.set(one.selector, narrowTo(one, counters.get(one.from) ?? []));
      }
      noteSeries(asking.usage, counters, ups.length + starts.length);
      const increases = await allIncreases(asking, current, range, atOnce);
      const { fromMs, toMs } = range;
      return { fromMs, toMs, ups, starts, counters, increases } satisfies Reading;
    },
    countSeries: async ({ selections }, atMs) => {
      const counted = await inTurn(planCounting(selections), atOnce, (query) =>
        countQuery(asking, query, atMs),
      );
      const counts = new Map(counted.flat());
      for (const [text, series] of counts) asking.usage.series.set(text, series);
      return counts;
    },
  };
}

/** Selector text → series of one query; those without any are left out. */
async function countQuery(
  { client, usage }: Asking,
  query: PlannedQuery,
  atMs: number,
): Promise<[string, number][]> {
  usage.queries += 1;
  const by = query.label === undefined ? '' : ` by (${query.label})`;
  const { resultType, result } = await client.query(`count${by} (${queryText(query)})`, atMs);
  if (resultType !== 'vector') return [];
  return result.flatMap(({ metric, value: [, count] }) => {
    const text = query.selections.get(query.label === undefined ? '' : (metric[query.label] ?? ''));
    return text === undefined ? [] : [[text, Number(count)]];
  });
}

/** Sums of all aggregates; a survey looks at none, since an hour of them costs what all of it does. */
async function allIncreases(
  asking: Asking,
  { aggregates }: MeterPlan,
  range: ReadRange,
  atOnce: number,
): Promise<Map<string, readonly SampleRun[]>> {
  if (range.stepMs !== undefined) return new Map();
  const { usage } = asking;
  const counting = countingClient(asking);
  const runs = await inTurn([...aggregates], atOnce, async ([name, aggregate]) => {
    const series = usage.series.get(aggregate.selector) ?? 1;
    return [
      name,
      await readIncreases({ ...asking, client: counting }, aggregate, series, range),
    ] as const;
  });
  return new Map(runs);
}

function countingClient({ client, usage }: Asking): Pick<PrometheusClient, 'queryRange'> {
  return {
    queryRange: async (text, range) => {
      usage.queries += 1;
      const answer = await client.queryRange(text, range);
      for (const { values } of answer) usage.samples += values.length;
      return answer;
    },
  };
}

interface Asking {
  readonly client: PrometheusClient;
  readonly rules: Pick<MeterRules, 'scrapeIntervalMs' | 'minuteMs' | 'replicaLabels'>;
  readonly scrapeIntervalMs: number;
  readonly samplesMax: number;
  readonly rangeMsMax: number;
  readonly usage: { -readonly [K in keyof SourceUsage]: SourceUsage[K] } & {
    series: Map<string, number>;
  };
  /** Series that each query answered last. */
  readonly seriesOf: WeakMap<PlannedQuery, number>;
  readonly labelsOf: WeakMap<PlannedQuery, ReturnType<typeof knownLabels>>;
}

/** Only services that objectives are measured at. */
function targetQuery(metric: string, { objectives, jobs }: MeterPlan): PlannedQuery {
  const services = [...new Set(objectives.flatMap(({ services }) => services))];
  const value = services
    .map((name) => jobs.get(name) ?? name)
    .map((job) => job.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  const { text } = selector({ metric, matchers: [{ label: 'job', op: '=~', value }] });
  return { label: undefined, matchers: [], selections: new Map([['', text]]) };
}

/** Reads in as many stretches as the limits ask for, and in smaller ones when it is refused. */
async function readQuery(
  asking: Asking,
  query: PlannedQuery,
  values: readonly string[],
  range: ReadRange,
): Promise<readonly SampleRun[]> {
  const partMs = Math.max(asking.scrapeIntervalMs, stretchMs(asking, query, range));
  const parts: SampleRun[][] = [];
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += partMs) {
    const part = { ...range, fromMs, toMs: Math.min(range.toMs, fromMs + partMs) };
    parts.push(await readPart(asking, query, values, part));
  }
  const [only] = parts;
  const runs = parts.length === 1 && only !== undefined ? only : concatenate(parts);
  if (values.length === query.selections.size) asking.seriesOf.set(query, runs.length);
  return runs;
}

function stretchMs(
  { seriesOf, samplesMax, rangeMsMax, scrapeIntervalMs }: Asking,
  query: PlannedQuery,
  { stepMs }: ReadRange,
) {
  const samplesPerSeries = samplesMax / Math.max(1, seriesOf.get(query) ?? 1);
  const intervalMs = stepMs ?? scrapeIntervalMs;
  const points = stepMs === undefined ? samplesPerSeries : Math.min(samplesPerSeries, pointsMax);
  const wholeMs = Math.max(1, Math.floor(points)) * intervalMs;
  // A range query looks back less than a minute, whatever its stretch.
  return stepMs === undefined ? Math.min(rangeMsMax, wholeMs) : wholeMs;
}

async function readPart(
  asking: Asking,
  query: PlannedQuery,
  values: readonly string[],
  range: ReadRange,
): Promise<SampleRun[]> {
  try {
    return await ask(asking, query, values, range);
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    const halves = halved(asking, values, range);
    if (halves === undefined) throw tooCostly(queryText(query, [...values]), error);
    const [first, second] = halves;
    const parts = [
      await readPart(asking, query, first.values, first.range),
      await readPart(asking, query, second.values, second.range),
    ];
    return concatenate(parts);
  }
}

/** Fewer selections, or, of a single one, less time. */
function halved({ scrapeIntervalMs }: Asking, values: readonly string[], range: ReadRange) {
  const middle = values.length >> 1;
  if (middle > 0) {
    return [
      { values: values.slice(0, middle), range },
      { values: values.slice(middle), range },
    ] as const;
  }
  const intervalMs = range.stepMs ?? scrapeIntervalMs;
  const steps = Math.floor((range.toMs - range.fromMs) / intervalMs / 2);
  if (steps < 1) return undefined;
  const middleMs = range.fromMs + steps * intervalMs;
  return [
    { values, range: { ...range, toMs: middleMs } },
    { values, range: { ...range, fromMs: middleMs } },
  ] as const;
}

async function ask(
  { client, usage, labelsOf }: Asking,
  query: PlannedQuery,
  values: readonly string[],
  range: ReadRange,
): Promise<SampleRun[]> {
  usage.queries += 1;
  const text = queryText(query, [...values]);
  const { fromMs, toMs, stepMs } = range;
  const answer =
    stepMs === undefined
      ? await rawSamples(client, text, fromMs, toMs)
      : await client.queryRange(text, { fromMs, toMs: toMs - 1, stepSeconds: stepMs / 1000 });
  const known = labelsOf.get(query) ?? knownLabels();
  labelsOf.set(query, known);
  const labels = known(answer.map(({ metric }) => metric));
  const runs = answer.map(({ metric, values: samples }, index) =>
    runOf(labels[index] ?? metric, samples, fromMs, toMs),
  );
  for (const { times } of runs) usage.samples += times.length;
  return runs;
}

async function rawSamples(client: PrometheusClient, text: string, fromMs: number, toMs: number) {
  // Ranges are closed at their end, and before Prometheus 3 at their beginning too.
  const answer = await client.query(`${text}[${toMs - fromMs}ms]`, toMs - 1);
  return answer.resultType === 'matrix' ? answer.result : [];
}

function runOf(
  labels: SampleRun['labels'],
  samples: MatrixSeries['values'],
  fromMs: number,
  toMs: number,
): SampleRun {
  const run = { labels, times: [] as number[], values: [] as number[] };
  for (const [seconds, value] of samples) {
    const timeMs = Math.round(seconds * 1000);
    if (timeMs < fromMs || timeMs >= toMs) continue;
    run.times.push(timeMs);
    run.values.push(Number(value));
  }
  return run;
}

/** Parts in the order of time; a series keeps one run. */
function concatenate(parts: readonly (readonly SampleRun[])[]): SampleRun[] {
  const bySeries = new Map<
    string,
    { labels: SampleRun['labels']; times: number[]; values: number[] }
  >();
  for (const { labels, times, values } of parts.flat()) {
    const key = JSON.stringify(labels);
    const run = bySeries.get(key) ?? { labels, times: [], values: [] };
    bySeries.set(key, run);
    for (const [index, timeMs] of times.entries()) {
      run.times.push(timeMs);
      run.values.push(values[index] ?? Number.NaN);
    }
  }
  return [...bySeries.values()];
}

function assign(
  counters: Map<string, SampleRun[]>,
  { label, selections }: PlannedQuery,
  runs: readonly SampleRun[] = [],
): void {
  for (const text of selections.values()) counters.set(text, []);
  for (const run of runs) {
    const text = selections.get(label === undefined ? '' : (run.labels[label] ?? ''));
    if (text !== undefined) counters.get(text)?.push(run);
  }
}

function noteSeries(
  usage: Asking['usage'],
  counters: ReadonlyMap<string, readonly SampleRun[]>,
  targetSeries: number,
): void {
  for (const [text, runs] of counters) {
    if (runs.length > 0) usage.series.set(text, runs.length);
  }
  usage.targetSeries = Math.max(usage.targetSeries, targetSeries);
}

/** Results in the order of the items, with at most `atOnce` running. */
async function inTurn<T, R>(
  items: readonly T[],
  atOnce: number,
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) results[index] = await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}

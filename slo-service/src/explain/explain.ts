import { groupLabels } from '@sprout/objectives';
import { increase, selector } from '@sprout/query';
import type { PrometheusClient } from '@sprout/query';
import type { CounterSelection } from '@sprout/signals';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { seriesKey } from '../meter/replicas.ts';
import type { MeterRules } from '../meter/rules.ts';
import type { TargetHistory } from '../meter/targets.ts';
import type { Language } from '../language/language.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { budgetOf } from '../status/window.ts';
import { sliAt, termsIn, termsSpans } from '../versions/promise-history.ts';
import type { ExplainCause, Explanation } from './explanation.ts';
import { countCauses, recountSeries } from './recount.ts';
import type { CountCause, RecountRange } from './recount.ts';
import { lookBackMinutes, samplesOf, seriesOf, sightOf, targetsOf } from './samples.ts';
import { explainWords } from './words.ts';

/** What an explanation is made from. */
export interface ExplainParts {
  readonly prometheus: Pick<PrometheusClient, 'query'>;
  readonly reader: ObjectiveReader;
  readonly clock: MinuteClock;
  readonly rules: MeterRules;
  /** One group instead of the whole; `reader` reads it too. */
  readonly group?: string | undefined;
  readonly language: Language;
}

/** Differences below this fraction of the events are rounding. */
const noise = 1e-9;

/** Lays the ledger beside PromQL over a stretch, and names what lies between them. */
export async function explain(
  objective: ObjectiveConfig,
  stretch: MinuteSpan,
  { prometheus, reader, clock, rules, group, language }: ExplainParts,
): Promise<Explanation> {
  const { minuteMs, instant } = clock;
  const fromMs = stretch.fromMinute * minuteMs;
  const sinceMs = fromMs - lookBackMinutes * minuteMs;
  const range = { fromMs, toMs: stretch.toMinute * minuteMs, sinceMs, rules };
  const raw = await reader.sum(stretch.fromMinute, stretch.toMinute);
  const judged = (await reader.adjust(stretch, raw))?.sum ?? raw;
  const targets = await targetsOf(prometheus, range);
  const { valid, good, bad } = sliAt(objective, reader.history, stretch.toMinute - 1);
  const ofGroup = (selections: readonly CounterSelection[]) => selections.map(within(group));
  const approximate = reader.approximate(stretch);
  // So many series are not read one by one here either: their sums are laid beside the ledger's.
  const count = (selections: readonly CounterSelection[]) =>
    approximate === undefined
      ? countAll(prometheus, ofGroup(selections), targets, range)
      : sumAll(prometheus, ofGroup(selections), range);
  const whole = await count(valid);
  const part = await count(bad ?? good ?? []);
  const badOf = (of: (counted: Counted) => number) =>
    bad === undefined ? of(whole) - of(part) : of(part);
  const promql = { valid: whole.promql, bad: badOf(({ promql: events }) => events) };
  const meter = { valid: whole.meter, bad: badOf(({ meter: events }) => events) };
  const between = (cause: ExplainCause, events: { valid: number; bad: number }) => ({
    cause,
    ...events,
    text: explainWords[language].causes[cause],
  });
  const causes = [
    ...countCauses.map((cause) =>
      between(cause, {
        valid: whole.causes[cause],
        bad: badOf((counted) => counted.causes[cause]),
      }),
    ),
    between(approximate === undefined ? 'late' : 'sums', {
      valid: raw.valid - meter.valid,
      bad: raw.bad - meter.bad,
    }),
    between('excluded', { valid: judged.valid - raw.valid, bad: judged.bad - raw.bad }),
  ];
  const floor = noise * Math.max(1, raw.valid, promql.valid);
  const sizeOf = (one: { valid: number; bad: number }) => Math.abs(one.valid) + Math.abs(one.bad);
  const told = causes
    .filter((one) => sizeOf(one) > floor)
    .toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const { target } = termsIn(reader.history, stretch.toMinute - 1);
  const figures = (events: { valid: number; bad: number }) => {
    const { compliance } = budgetOf(events, target);
    return { valid: events.valid, bad: events.bad, compliance };
  };
  const changes = await Promise.all(
    termsSpans(reader.history, stretch)
      .slice(1)
      .map(async ({ fromMinute, toMinute, terms }) => {
        const { valid: events, bad: failed } = await reader.sum(fromMinute, toMinute);
        return { at: instant(fromMinute), target: terms.target, valid: events, bad: failed };
      }),
  );
  const [main] = told;
  const words = explainWords[language];
  return {
    id: objective.id,
    group: group ?? null,
    ofSlices: objective.sli.slice !== undefined,
    from: instant(stretch.fromMinute),
    to: instant(stretch.toMinute),
    ...(approximate && {
      approximate: { from: instant(approximate.fromMinute), to: instant(approximate.toMinute) },
    }),
    ledger: figures(judged),
    promql: figures(promql),
    queries: [...new Set([...whole.queries, ...part.queries])],
    difference: { valid: judged.valid - promql.valid, bad: judged.bad - promql.bad },
    causes: told,
    changes,
    summary: main === undefined ? words.same : words.main(main.text),
  };
}

interface Counted {
  meter: number;
  promql: number;
  readonly queries: string[];
  readonly causes: Record<CountCause, number>;
}

/** The series of one group: its labels are asked for besides. */
const within =
  (group: string | undefined) =>
  (selection: CounterSelection): CounterSelection => {
    const labels = Object.entries(group === undefined ? {} : (groupLabels(group) ?? {}));
    const matchers = labels.map(([label, value]) => ({ label, op: '=' as const, value }));
    return { ...selection, matchers: [...selection.matchers, ...matchers] };
  };

async function countAll(
  prometheus: ExplainParts['prometheus'],
  selections: readonly CounterSelection[],
  targets: TargetHistory,
  range: RecountRange,
): Promise<Counted> {
  const sum: Counted = {
    meter: 0,
    promql: 0,
    queries: [],
    causes: noCauses(),
  };
  for (const selection of selections) {
    const query = increase(selection, (range.toMs - range.fromMs) / 1000).text;
    sum.queries.push(`sum(${query})`);
    const increases = await increasesOf(prometheus, query, range);
    const runs = await samplesOf(prometheus, selector(selection).text, range);
    for (const { run, replicas } of seriesOf(runs, range.rules.replicaLabels)) {
      const [first = 0, ...others] = replicas.map(
        ({ labels }) => increases.get(seriesKey(labels)) ?? 0,
      );
      const again = others.reduce((total, one) => total + one, 0);
      const counted = recountSeries(run, first, again, sightOf(run, targets), range);
      sum.meter += counted.meter;
      sum.promql += counted.promql;
      for (const cause of countCauses) sum.causes[cause] += counted.causes[cause];
    }
  }
  return sum;
}

async function sumAll(
  prometheus: ExplainParts['prometheus'],
  selections: readonly CounterSelection[],
  { fromMs, toMs, rules }: RecountRange,
): Promise<Counted> {
  const replicas = rules.replicaLabels.join(', ');
  const queries = selections.map((selection) => {
    const { text } = increase(selection, (toMs - fromMs) / 1000);
    return `sum(max without (${replicas}) (${text}))`;
  });
  const answers = await Promise.all(queries.map((query) => prometheus.query(query, toMs - 1)));
  const events = answers.reduce((sum, { resultType, result }) => {
    const [one] = resultType === 'vector' ? result : [];
    return sum + Number(one?.value[1] ?? 0);
  }, 0);
  return { meter: events, promql: events, queries, causes: noCauses() };
}

const noCauses = (): Counted['causes'] => ({
  newborn: 0,
  reset: 0,
  restart: 0,
  gap: 0,
  extrapolation: 0,
  pair: 0,
});

/** Both ranges end just before the first instant that is no longer of the window. */
async function increasesOf(
  prometheus: ExplainParts['prometheus'],
  query: string,
  { toMs }: RecountRange,
): Promise<Map<string, number>> {
  const { resultType, result } = await prometheus.query(query, toMs - 1);
  if (resultType !== 'vector') return new Map();
  return new Map(result.map(({ metric, value }) => [seriesKey(metric), Number(value[1])]));
}

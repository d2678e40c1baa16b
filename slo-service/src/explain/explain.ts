import { increase, selector } from '@sprout/query';
import type { MatrixSeries, PrometheusClient } from '@sprout/query';
import type { CounterSelection } from '@sprout/signals';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { targetHistory, targetKey } from '../meter/targets.ts';
import type { TargetHistory } from '../meter/targets.ts';
import type { ReportLanguage } from '../report/words.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { ObjectiveConfig } from '../status/objective-status.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { budgetOf } from '../status/window.ts';
import { termsIn, termsSpans } from '../versions/promise-history.ts';
import type { ExplainCause, Explanation } from './explanation.ts';
import { recountSeries } from './recount.ts';
import type { RecountRange } from './recount.ts';
import { explainWords } from './words.ts';

/** What an explanation is made from. */
export interface ExplainParts {
  readonly prometheus: Pick<PrometheusClient, 'query'>;
  readonly reader: ObjectiveReader;
  readonly clock: MinuteClock;
  /** Samples further apart than this have a gap between them, milliseconds. */
  readonly gapMs: number;
  readonly language: ReportLanguage;
}

/** Minutes before the window whose samples say what was there already. */
const lookBackMinutes = 15;

/** Differences below this fraction of the events are rounding. */
const noise = 1e-9;

/** Lays the ledger beside PromQL over a stretch, and names what lies between them. */
export async function explain(
  objective: ObjectiveConfig,
  stretch: MinuteSpan,
  { prometheus, reader, clock, gapMs, language }: ExplainParts,
): Promise<Explanation> {
  const { minuteMs, instant } = clock;
  const range = { fromMs: stretch.fromMinute * minuteMs, toMs: stretch.toMinute * minuteMs, gapMs };
  const raw = await reader.sum(stretch.fromMinute, stretch.toMinute);
  const judged = (await reader.adjust(stretch, raw))?.sum ?? raw;
  const targets = await targetsOf(prometheus, range, minuteMs);
  const { valid, good, bad } = objective.sli;
  const whole = await countAll(prometheus, valid, targets, range, minuteMs);
  const part = await countAll(prometheus, bad ?? good ?? [], targets, range, minuteMs);
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
    ...(['newborn', 'reset', 'gap', 'extrapolation'] as const).map((cause) =>
      between(cause, {
        valid: whole.causes[cause],
        bad: badOf((counted) => counted.causes[cause]),
      }),
    ),
    between('late', { valid: raw.valid - meter.valid, bad: raw.bad - meter.bad }),
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
  const [main] = told;
  const words = explainWords[language];
  return {
    id: objective.id,
    from: instant(stretch.fromMinute),
    to: instant(stretch.toMinute),
    ledger: figures(judged),
    promql: figures(promql),
    queries: [...new Set([...whole.queries, ...part.queries])],
    difference: { valid: judged.valid - promql.valid, bad: judged.bad - promql.bad },
    causes: told,
    changes: termsSpans(reader.history, stretch)
      .slice(1)
      .map(({ fromMinute, terms }) => ({ at: instant(fromMinute), target: terms.target })),
    summary: main === undefined ? words.same : words.main(main.text),
  };
}

interface Counted {
  meter: number;
  promql: number;
  readonly queries: string[];
  readonly causes: { newborn: number; reset: number; gap: number; extrapolation: number };
}

async function countAll(
  prometheus: ExplainParts['prometheus'],
  selections: readonly CounterSelection[],
  targets: TargetHistory,
  range: RecountRange,
  minuteMs: number,
): Promise<Counted> {
  const sum: Counted = {
    meter: 0,
    promql: 0,
    queries: [],
    causes: { newborn: 0, reset: 0, gap: 0, extrapolation: 0 },
  };
  for (const selection of selections) {
    const query = increase(selection, (range.toMs - range.fromMs) / 1000).text;
    sum.queries.push(`sum(${query})`);
    const increases = await increasesOf(prometheus, query, range);
    const samples = await samplesOf(prometheus, selector(selection).text, range, minuteMs);
    for (const series of samples) {
      const target = targetKey(series.metric);
      const sight = {
        seenBefore: (ms: number) => targets.upBefore(target, ms) !== null,
        startedBetween: (fromMs: number, toMs: number) =>
          (targets.startAt(target, toMs) ?? 0) * 1000 > fromMs,
      };
      const counted = recountSeries(series, increases.get(keyOf(series.metric)) ?? 0, sight, range);
      sum.meter += counted.meter;
      sum.promql += counted.promql;
      for (const cause of ['newborn', 'reset', 'gap', 'extrapolation'] as const) {
        sum.causes[cause] += counted.causes[cause];
      }
    }
  }
  return sum;
}

/** Both ranges end just before the first instant that is no longer of the window. */
async function increasesOf(
  prometheus: ExplainParts['prometheus'],
  query: string,
  { toMs }: RecountRange,
): Promise<Map<string, number>> {
  const { resultType, result } = await prometheus.query(query, toMs - 1);
  if (resultType !== 'vector') return new Map();
  return new Map(result.map(({ metric, value }) => [keyOf(metric), Number(value[1])]));
}

async function samplesOf(
  prometheus: ExplainParts['prometheus'],
  selectorText: string,
  { fromMs, toMs }: RecountRange,
  minuteMs: number,
): Promise<readonly MatrixSeries[]> {
  const seconds = Math.ceil((toMs - fromMs + lookBackMinutes * minuteMs) / 1000);
  const answer = await prometheus.query(`${selectorText}[${seconds}s]`, toMs - 1);
  return answer.resultType === 'matrix' ? answer.result : [];
}

async function targetsOf(
  prometheus: ExplainParts['prometheus'],
  range: RecountRange,
  minuteMs: number,
): Promise<TargetHistory> {
  const [ups, starts] = await Promise.all(
    ['up', 'process_start_time_seconds'].map(async (metric) =>
      (await samplesOf(prometheus, metric, range, minuteMs)).map(({ metric: labels, values }) => ({
        labels,
        times: values.map(([seconds]) => Math.round(seconds * 1000)),
        values: values.map(([, text]) => Number(text)),
      })),
    ),
  );
  return targetHistory(new Map(), { ups: ups ?? [], starts: starts ?? [] });
}

/** `increase()` drops the name of its metric. */
const keyOf = ({ __name__: _name, ...labels }: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

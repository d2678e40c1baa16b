import { selector } from '@sprout/query';
import type { PrometheusClient } from '@sprout/query';
import type { CounterSelection } from '@sprout/signals';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import { recountSeries } from '../explain/recount.ts';
import type { RecountRange } from '../explain/recount.ts';
import { lookBackMinutes, samplesOf, seriesOf, sightOf, targetsOf } from '../explain/samples.ts';
import type { Language } from '../language/language.ts';
import { toldIn } from '../language/text.ts';
import type { MeterRules } from '../meter/rules.ts';
import type { TargetHistory } from '../meter/targets.ts';
import { exampleTrace } from '../pages/example-trace.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { sliAt } from '../versions/promise-history.ts';
import type { SpentBy } from './label-sets.ts';

/** Label sets of one answer. */
export const setsMax = 10;

/** Series that are read again at most, of each set of series; each shows four samples a minute. */
export const seriesMax = 500;

/** What the labels of a stretch are counted from. */
export interface SpentParts {
  readonly prometheus: Pick<PrometheusClient, 'query' | 'queryExemplars'>;
  /** Of the events, also where slices of them are judged. */
  readonly reader: ObjectiveReader;
  readonly clock: MinuteClock;
  readonly rules: MeterRules;
  /** In which a problem is told. */
  readonly language: Language;
}

/**
 * Which labels the bad events of a stretch had. The ledger keeps labels only where `groupBy` asks
 * for them, so the samples of the source are read again and judged by the meter's own rules.
 * Beyond `seriesMax` series there is a problem instead.
 */
export async function spentBy(
  objective: ObjectiveConfig,
  stretch: MinuteSpan,
  { prometheus, reader, clock, rules, language }: SpentParts,
): Promise<SpentBy> {
  const { minuteMs, instant } = clock;
  const fromMs = stretch.fromMinute * minuteMs;
  const toMs = stretch.toMinute * minuteMs;
  const range = { fromMs, toMs, sinceMs: fromMs - lookBackMinutes * minuteMs, rules };
  const sli = sliAt(objective, reader.history, stretch.toMinute - 1);
  const sets = await badSets(prometheus, { ...objective, sli }, range);
  const ranked = (sets ?? []).filter((one) => one.bad > 0).toSorted((a, b) => b.bad - a.bad);
  const others = ranked.slice(setsMax);
  const sum = (list: readonly LabelSet[]) => list.reduce((total, one) => total + one.bad, 0);
  const traceId = await exampleTrace(prometheus, { ...objective, sli }, range);
  return {
    id: objective.id,
    from: instant(stretch.fromMinute),
    to: instant(stretch.toMinute),
    ledgerBad: (await reader.sum(stretch.fromMinute, stretch.toMinute)).bad,
    sourceBad: sum(ranked),
    items: ranked.slice(0, setsMax),
    others: { sets: others.length, bad: sum(others) },
    exampleTraceId: traceId ?? null,
    problem: sets === undefined ? tooWide(objective, language) : null,
  };
}

interface LabelSet {
  readonly labels: Readonly<Record<string, string>>;
  readonly bad: number;
}

/** The bad events of every label set; undefined when there are too many series to read. */
async function badSets(
  prometheus: SpentParts['prometheus'],
  { sli: { valid, good, bad } }: ObjectiveConfig,
  range: RecountRange,
): Promise<readonly LabelSet[] | undefined> {
  if (await anyTooWide(prometheus, [...(bad ?? valid), ...(good ?? [])], range)) return undefined;
  const targets = await targetsOf(prometheus, range);
  const untelling = [...everywhere, ...range.rules.replicaLabels, ...fixedBy(valid)];
  const of = (list: readonly CounterSelection[]) =>
    bySet(prometheus, list, targets, range, untelling);
  if (bad !== undefined) return [...(await of(bad)).values()];
  return without(await of(valid), await of(good ?? []));
}

/** Prometheus counts the series itself, so that too many never travel. */
async function anyTooWide(
  prometheus: SpentParts['prometheus'],
  selections: readonly CounterSelection[],
  { fromMs, toMs }: RecountRange,
): Promise<boolean> {
  const seconds = Math.ceil((toMs - fromMs) / 1000);
  for (const selection of selections) {
    const counted = `count(count_over_time(${selector(selection).text}[${seconds}s]))`;
    const { resultType, result } = await prometheus.query(counted, toMs - 1);
    if (resultType === 'vector' && Number(result[0]?.value[1] ?? 0) > seriesMax) return true;
  }
  return false;
}

/** Events by the labels that tell what happened, whichever series of whichever target showed them. */
async function bySet(
  prometheus: SpentParts['prometheus'],
  selections: readonly CounterSelection[],
  targets: TargetHistory,
  range: RecountRange,
  untelling: readonly string[],
): Promise<Map<string, LabelSet>> {
  const sets = new Map<string, LabelSet>();
  for (const selection of selections) {
    const runs = await samplesOf(prometheus, selector(selection).text, range);
    for (const { run } of seriesOf(runs, range.rules.replicaLabels)) {
      const labels = telling(run.labels, untelling);
      const { meter } = recountSeries(run, 0, 0, sightOf(run, targets), range);
      const key = JSON.stringify(labels);
      sets.set(key, { labels, bad: (sets.get(key)?.bad ?? 0) + meter });
    }
  }
  return sets;
}

/** What remains of some events when others, of the same labels, are taken away. */
const without = (valid: ReadonlyMap<string, LabelSet>, good: ReadonlyMap<string, LabelSet>) =>
  Array.from(valid, ([key, { labels, bad }]) => ({
    labels,
    bad: bad - (good.get(key)?.bad ?? 0),
  }));

/** Labels that every series has, or that tell where it was scraped. */
const everywhere = ['__name__', 'le', 'service', 'job', 'instance'];

/** Labels that have one value in all that is counted. */
function fixedBy(valid: readonly CounterSelection[]): readonly string[] {
  const fixed = valid.map(({ matchers }) =>
    matchers.filter(({ op }) => op === '=').map(({ label }) => label),
  );
  return (fixed[0] ?? []).filter((label) => fixed.every((labels) => labels.includes(label)));
}

const telling = (labels: Readonly<Record<string, string>>, untelling: readonly string[]) =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => !untelling.includes(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

function tooWide({ id }: ObjectiveConfig, language: Language): SpentBy['problem'] {
  const message = {
    en: `${id} counts more than ${seriesMax} series, which are not read again`,
    ko: `${id} 약속이 세는 시계열이 ${seriesMax}개보다 많아 다시 읽지 않습니다`,
  };
  const hint = {
    en: 'declare groupBy: [label], so that the ledger keeps them apart',
    ko: 'groupBy: [레이블]을 선언하면 원장이 레이블별로 나누어 셉니다',
  };
  return toldIn(language, { code: 'SPENT_BY_TOO_WIDE', message, hint });
}

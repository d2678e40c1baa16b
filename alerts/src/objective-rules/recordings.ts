import { sliRecording, speeds } from '@sprout/objectives';
import type { Speed } from '@sprout/objectives';
import { timing } from '@sprout/process';
import { dividedBy, over, selector, sum } from '@sprout/query';
import type { Expression } from '@sprout/query';
import type { RecordingRule } from '../rule/rule.ts';
import { alertPairs, baseWindow } from './pairs.ts';
import type { RateWindow } from './pairs.ts';
import { badRate, sumOfRates } from './rates.ts';
import type { SharedSli } from './sli.ts';
import { badSlice, sliceRecordings } from './slices.ts';

/**
 * Windows up to an hour read raw samples. Longer ones average the 5-minute rates, which smears
 * their edges by 5 minutes: 4 % of the shortest of them, and a fraction of the samples read.
 */
const rawWindowSecondsMax = 3600;

/**
 * How old the recorded valid events may be that bad ones are worked out from. A selector alone takes
 * what was recorded up to 5 minutes ago: after a restart of Prometheus that would be events of before
 * the gap, all of them bad, because none of them is seen to be good now. Where this long a gap has
 * gone by, every window has samples of both sides. It is longer than the evaluations are apart.
 */
const validAgeSecondsMax = 120;

/** The recordings of an SLI that belong to a speed; each window is recorded once. */
export function sliRecordings(shared: SharedSli, speed: Speed, timeScale: number): RecordingRule[] {
  const windows = windowsBySpeed(shared, timeScale)[speed];
  const base = baseWindow(timeScale);
  return [
    ...(speed === 'fast' ? sliceRecordings(shared, timeScale) : []),
    ...windows.flatMap((window) => [
      recording(shared, 'valid', window, validEvents(shared, window, base, timeScale)),
      recording(shared, 'bad', window, badEvents(shared, window, base, timeScale)),
    ]),
    ...(speed === 'fast' ? aliases(shared, base) : []),
  ];
}

function windowsBySpeed(shared: SharedSli, timeScale: number) {
  const pairs = shared.objectives.flatMap((objective) => alertPairs(objective, timeScale));
  const seen = new Set<string>();
  const bySpeed: Record<Speed, RateWindow[]> = { fast: [], medium: [], slow: [] };
  const candidates = [
    { speed: 'fast' as Speed, window: baseWindow(timeScale) },
    ...speeds.flatMap((speed) =>
      pairs
        .filter((pair) => pair.speed === speed)
        .flatMap(({ short, long }) => [
          { speed, window: short },
          { speed, window: long },
        ]),
    ),
  ];
  for (const { speed, window } of candidates) {
    if (!seen.has(window.name)) bySpeed[speed].push(window);
    seen.add(window.name);
  }
  return bySpeed;
}

function validEvents(shared: SharedSli, window: RateWindow, base: RateWindow, timeScale: number) {
  const { sli, recordedAs } = shared;
  if (isDerived(window)) return averaged('valid', recordedAs, window, base);
  if (sli.slice !== undefined) return judgedTime('count_over_time', shared, window, timeScale);
  return sumOfRates(sli.valid, window);
}

function badEvents(shared: SharedSli, window: RateWindow, base: RateWindow, timeScale: number) {
  const { sli, recordedAs } = shared;
  if (isDerived(window)) return averaged('bad', recordedAs, window, base);
  if (sli.slice !== undefined) return judgedTime('sum_over_time', shared, window, timeScale);
  const valid = sliRecording('valid', window.name, recordedAs);
  const ageSecondsMax = timing(timeScale).scaled(validAgeSecondsMax);
  // A sum drops the label `objective`, so that it matches the sums of raw series.
  return badRate(sli, window, sum(over('last_over_time', valid, ageSecondsMax)));
}

const isDerived = (window: RateWindow) => window.nominalSeconds > rawWindowSecondsMax;

function averaged(
  events: 'bad' | 'valid',
  recordedAs: string,
  window: RateWindow,
  base: RateWindow,
): Expression {
  return over('avg_over_time', sliRecording(events, base.name, recordedAs), window.seconds);
}

/**
 * Judged, or bad, seconds per second: each evaluation stands for the time up to the next, and
 * leaves out what could not be judged.
 */
function judgedTime(
  count: 'count_over_time' | 'sum_over_time',
  { recordedAs }: SharedSli,
  window: RateWindow,
  timeScale: number,
): Expression {
  const evaluations = (window.seconds * 1000) / timing(timeScale).evaluationIntervalMs;
  return dividedBy(over(count, badSlice(recordedAs), window.seconds), evaluations);
}

function recording(
  { recordedAs }: SharedSli,
  events: 'bad' | 'valid',
  window: RateWindow,
  expr: Expression,
): RecordingRule {
  const { metric } = sliRecording(events, window.name, recordedAs);
  return { kind: 'recording', record: metric, expr, labels: { objective: recordedAs } };
}

/** Copies of the base recordings for the objectives that share them, one series each. */
function aliases(shared: SharedSli, base: RateWindow): RecordingRule[] {
  return shared.objectives
    .filter(({ id }) => id !== shared.recordedAs)
    .flatMap(({ id }) =>
      (['valid', 'bad'] as const).map((events) => {
        const source = sliRecording(events, base.name, shared.recordedAs);
        return {
          kind: 'recording' as const,
          record: source.metric,
          expr: selector(source),
          labels: { objective: id },
        };
      }),
    );
}

import type { SampleRun } from './reading.ts';
import type { TargetState } from './meter-state.ts';

/** Names a scraped target; the same for every series of one scrape. */
export const targetKey = (labels: Readonly<Record<string, string>>): string =>
  `${labels['job'] ?? ''} ${labels['instance'] ?? ''}`;

/** What was known about targets at any time of a reading. */
export interface TargetHistory {
  /** The latest scrape before `timeMs` that succeeded. */
  upBefore(target: string, timeMs: number): number | null;
  /** Start of the process that was scraped at `timeMs`, Unix seconds. */
  startAt(target: string, timeMs: number): number | null;
  /** The state at the end of the time that was read. */
  statesBefore(timeMs: number): Map<string, TargetState>;
}

/** Puts the scrapes of a reading behind what was known before it. */
export function targetHistory(
  known: ReadonlyMap<string, TargetState>,
  reading: { readonly ups: readonly SampleRun[]; readonly starts: readonly SampleRun[] },
): TargetHistory {
  const ups = timelines(reading.ups, (value) => value === 1);
  const starts = timelines(reading.starts, Number.isFinite);
  const upBefore = (target: string, timeMs: number) =>
    lastBefore(ups.get(target), timeMs)?.timeMs ?? known.get(target)?.lastUpMs ?? null;
  const startAt = (target: string, timeMs: number) =>
    lastBefore(starts.get(target), timeMs + 1)?.value ?? known.get(target)?.startSeconds ?? null;
  return {
    upBefore,
    startAt,
    statesBefore: (timeMs) =>
      new Map(
        [...new Set([...known.keys(), ...ups.keys(), ...starts.keys()])].map((target) => [
          target,
          { lastUpMs: upBefore(target, timeMs), startSeconds: startAt(target, timeMs - 1) },
        ]),
      ),
  };
}

interface Mark {
  readonly timeMs: number;
  readonly value: number;
}

function timelines(runs: readonly SampleRun[], keep: (value: number) => boolean) {
  const byTarget = new Map<string, Mark[]>();
  for (const { labels, times, values } of runs) {
    const marks = times.map((timeMs, index) => ({ timeMs, value: values[index] ?? Number.NaN }));
    const target = targetKey(labels);
    const all = [...(byTarget.get(target) ?? []), ...marks.filter(({ value }) => keep(value))];
    byTarget.set(
      target,
      all.toSorted((a, b) => a.timeMs - b.timeMs),
    );
  }
  return byTarget;
}

/** Binary search: the last mark strictly before a time. */
function lastBefore(marks: readonly Mark[] | undefined, timeMs: number): Mark | undefined {
  if (marks === undefined) return undefined;
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((marks[middle]?.timeMs ?? Infinity) < timeMs) low = middle + 1;
    else high = middle;
  }
  return marks[low - 1];
}

import type { Exclusion } from './exclusion.ts';
import { occurrences } from './occurrences.ts';

/** Ledger minutes `[from, to)`. */
export interface MinuteSpan {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** What exclusions take out of a stretch of the ledger. */
export interface LeftOut {
  /** In order of time, apart from each other. */
  readonly spans: readonly MinuteSpan[];
  /** Ids of the exclusions that touch the stretch. */
  readonly exclusions: readonly string[];
}

/** Every minute that an exclusion in force touches is left out whole. */
export function leftOut(
  exclusions: readonly Exclusion[],
  objective: string,
  stretch: MinuteSpan,
  minuteMs: number,
): LeftOut {
  const range = { fromMs: stretch.fromMinute * minuteMs, toMs: stretch.toMinute * minuteMs };
  const touching = exclusions
    .filter((one) => one.revoked === null && (one.objectives?.includes(objective) ?? true))
    .map((one) => ({ id: one.id, periods: occurrences(one, range) }))
    .filter(({ periods }) => periods.length > 0);
  const spans = touching
    .flatMap(({ periods }) => periods)
    .map(({ fromMs, toMs }) => ({
      fromMinute: Math.floor(fromMs / minuteMs),
      toMinute: Math.ceil(toMs / minuteMs),
    }));
  return { spans: joined(spans), exclusions: touching.map(({ id }) => id) };
}

/** Minutes of spans that lie apart. */
export function minutesIn(spans: readonly MinuteSpan[]): number {
  return spans.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0);
}

/** Spans in order of time, those that touch made one. */
export function joined(spans: readonly MinuteSpan[]): MinuteSpan[] {
  const apart: MinuteSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMinute - b.fromMinute)) {
    const last = apart.at(-1);
    if (last === undefined || span.fromMinute > last.toMinute) {
      apart.push(span);
      continue;
    }
    const toMinute = Math.max(last.toMinute, span.toMinute);
    apart[apart.length - 1] = { fromMinute: last.fromMinute, toMinute };
  }
  return apart;
}

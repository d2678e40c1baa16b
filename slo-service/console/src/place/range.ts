import { parseWindow, windowSeconds as nominalSeconds } from '@sprout/objectives/window';
import { formatDuration, parseDuration } from '@sprout/query/duration';

/** A stretch of time that a page shows: the last so many seconds, fixed, or all there is. */
export type Range =
  | { readonly kind: 'last'; readonly seconds: number }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'all' };

export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The ranges that are offered as buttons. */
export const rangePresets = ['1h', '6h', '24h', '7d', '30d'] as const;

/**
 * Reads the range of a URL; anything unreadable is `fallback`. Links of alerts that still fire end
 * `now`: they show as many whole minutes as have passed.
 */
export function readRange(query: URLSearchParams, fallback: Range, nowMs = Date.now()): Range {
  const from = Date.parse(query.get('from') ?? '');
  if (query.get('to') === 'now' && from < nowMs) {
    return { kind: 'last', seconds: Math.ceil((nowMs - from) / 60_000) * 60 };
  }
  const to = Date.parse(query.get('to') ?? '');
  if (Number.isFinite(from) && Number.isFinite(to) && from < to) {
    return { kind: 'fixed', fromMs: from, toMs: to };
  }
  return parseRange(query.get('range') ?? '') ?? fallback;
}

/** What to write into the URL for a range. Fixed ends are UTC, so they mean the same everywhere. */
export function writeRange(range: Range): Record<'range' | 'from' | 'to', string | null> {
  if (range.kind === 'fixed') {
    return { range: null, from: shortInstant(range.fromMs), to: shortInstant(range.toMs) };
  }
  return { range: rangeText(range), from: null, to: null };
}

/** The range as it is typed: `3h`, `all`; a fixed one has no such text. */
export function rangeText(range: Exclude<Range, { kind: 'fixed' }>): string {
  return range.kind === 'all' ? 'all' : durationText(range.seconds);
}

/** Reads what was typed, `3h`, `1d12h` or `all`; undefined when it is neither. */
export function parseRange(text: string): Range | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === 'all') return { kind: 'all' };
  try {
    const seconds = parseDuration(typed);
    return seconds >= 1 ? { kind: 'last', seconds } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The clock times of a range; `all` is the window that ends now. */
export function resolveRange(range: Range, nowMs: number, windowSeconds: number): Interval {
  if (range.kind === 'fixed') return range;
  const seconds = range.kind === 'all' ? windowSeconds : range.seconds;
  return { fromMs: nowMs - seconds * 1000, toMs: nowMs };
}

/** Moves a stretch by half its length, never beyond now. */
export function shiftRange({ fromMs, toMs }: Interval, direction: -1 | 1, nowMs: number): Range {
  const length = toMs - fromMs;
  const end = Math.min(toMs + (direction * length) / 2, nowMs);
  return { kind: 'fixed', fromMs: end - length, toMs: end };
}

/** Nominal length of a window of the API; unreadable ones count as a day, so a page still shows. */
export function windowSeconds(text: string): number {
  try {
    return nominalSeconds(parseWindow(text));
  } catch {
    // A service newer than this page may know windows that this page does not.
    return 86_400;
  }
}

function durationText(seconds: number): string {
  const hours = seconds / 3600;
  return hours <= 24 && Number.isInteger(hours) ? `${hours}h` : formatDuration(seconds);
}

/** An instant as it stands in a URL: UTC, without seconds that are none. */
export function shortInstant(ms: number): string {
  return new Date(ms).toISOString().replace(/(:00)?\.\d{3}Z$/, 'Z');
}

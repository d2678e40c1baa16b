import { PeriodError, parsePeriod, periodAt, periodIn } from '@sprout/objectives/period';
import type { NamedPeriod, PeriodKind } from '@sprout/objectives/period';
import { defaultZone } from '@sprout/objectives/window';
import type { Dictionary } from '../i18n/dictionary.ts';

/** The zone whose calendar a promise is reported by: its window's, else the house's. */
export function reportZone(window: string): string {
  return window.split('@')[1] ?? defaultZone;
}

/** What a period is called by in URLs, of the console and of the API: months by a key of their own. */
export function periodQuery({ kind, name }: NamedPeriod): Readonly<Record<string, string>> {
  return kind === 'month' ? { month: name } : { period: name };
}

/** Reads the period of a URL; anything that is none, or is not offered, is `fallback`. */
export function readPeriod(
  query: URLSearchParams,
  kinds: readonly PeriodKind[],
  fallback: NamedPeriod,
): NamedPeriod {
  const found = periodNamed(query.get('period') ?? query.get('month') ?? '');
  return found && kinds.includes(found.kind) ? found : fallback;
}

/** The period of a name; undefined when there is none. */
export function periodNamed(name: string): NamedPeriod | undefined {
  try {
    return parsePeriod(name);
  } catch (error) {
    if (error instanceof PeriodError) return undefined;
    throw error;
  }
}

/** A period of another kind, as near to the end of what is shown as there is something to report. */
export function asKind(kind: PeriodKind, shown: NamedPeriod, zone: string, nowMs: number) {
  const { fromMs, toMs } = periodIn(shown, zone);
  const lastMs = Math.max(fromMs, Math.min(toMs - 1, nowMs));
  if (kind !== 'days') return periodAt(kind, zone, lastMs);
  return parsePeriod(`${dateAt(fromMs, zone)}..${dateAt(lastMs, zone)}`);
}

/** Whether something of a period lies behind. */
export const hasBegun = (period: NamedPeriod, zone: string, nowMs: number): boolean =>
  periodIn(period, zone).fromMs < nowMs;

/** The date of a zone at an instant: `2026-11-23`. */
export const dateAt = (ms: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(ms);

/** `November 2026`, `Q4 2026`, `week 48 of 2026, Nov 23 – 29, 2026`. */
export function periodText(period: NamedPeriod, t: Dictionary, locale: string): string {
  const { kind, name, first, end } = period;
  const [year = '', part = ''] = name.split('-');
  const said = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  if (kind === 'year') return said({ year: 'numeric' }).format(first);
  if (kind === 'month') return said({ year: 'numeric', month: 'long' }).format(first);
  if (kind === 'quarter') return t.quarterOf(part.slice(1), year);
  const days = said({ dateStyle: 'medium' }).formatRange(first, end - 1);
  return kind === 'week' ? t.weekOf(String(Number(part.slice(1))), year, days) : days;
}

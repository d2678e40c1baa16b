import type { Clock } from '../format/instant.ts';

export type ExclusionKind = 'once' | 'weekly' | 'incident';

/** What the form says, as the API takes it; the API refuses what is wrong, by field. */
export function exclusionOf(kind: ExclusionKind, form: FormData, clock: Clock): unknown {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const ids = text('objectives')
    .split(/[\s,]+/)
    .filter(Boolean);
  return {
    objectives: ids.length === 0 ? null : ids,
    reason: text('reason'),
    by: text('by'),
    when: whenOf(kind, form, clock),
  };
}

function whenOf(kind: ExclusionKind, form: FormData, clock: Clock): unknown {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  if (kind === 'incident') return { kind, objective: text('objectives'), at: text('incident') };
  if (kind === 'once') {
    return { kind, from: fieldInstant(text('from'), clock), to: fieldInstant(text('to'), clock) };
  }
  return {
    kind,
    days: form.getAll('days'),
    at: text('at'),
    minutes: Number(text('minutes')),
    zone: text('zone'),
    from: new Date().toISOString(),
  };
}

/** The instant that a field of local or UTC time means; unreadable text stays for the API. */
export function fieldInstant(text: string, clock: Clock): string {
  const at = new Date(clock === 'utc' ? `${text}Z` : text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}

/** An instant as a field of local or UTC time shows it, to the minute. */
export function fieldTime(ms: number, clock: Clock): string {
  const offsetMs = clock === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}

import type { Period } from '@sprout/objectives';
import type { WantedSilence } from './alertmanager-silences.ts';
import type { Exclusion } from './exclusion.ts';
import { occurrences } from './occurrences.ts';

/** How far ahead weekly exclusions are announced, so that one is always there before it begins. */
const aheadMs = 8 * 86_400_000;

/** No occurrence of a weekly rule lasts longer. */
const longestMs = 86_400_000;

/**
 * The silences that planned exclusions ask for. Time that is over, and incidents, mute nothing:
 * their alerts have been heard.
 */
export function wantedSilences(exclusions: readonly Exclusion[], nowMs: number): WantedSilence[] {
  return exclusions.flatMap((exclusion) =>
    plannedPeriods(exclusion, nowMs).map((period) => silenceOf(exclusion, period)),
  );
}

function plannedPeriods({ when, revoked }: Exclusion, nowMs: number): Period[] {
  if (revoked !== null || when.kind === 'incident') return [];
  if (when.kind === 'once') {
    const period = { fromMs: Date.parse(when.from), toMs: Date.parse(when.to) };
    return period.toMs > nowMs ? [period] : [];
  }
  // One that has begun is found whole, so that it is the same silence until it ends.
  const range = { fromMs: nowMs - longestMs, toMs: nowMs + aheadMs + longestMs };
  return occurrences({ when }, range).filter(
    ({ fromMs, toMs }) => toMs > nowMs && fromMs < nowMs + aheadMs,
  );
}

function silenceOf({ id, objectives, reason, by }: Exclusion, { fromMs, toMs }: Period) {
  const value = objectives === null ? '.+' : objectives.map(escaped).join('|');
  const startsAt = new Date(fromMs).toISOString();
  const endsAt = new Date(toMs).toISOString();
  return {
    matchers: [{ name: 'objective', value, isRegex: true, isEqual: true }],
    startsAt,
    endsAt,
    comment: `exclusion ${id} ${startsAt}/${endsAt}: ${reason} (${by})`,
  };
}

const escaped = (text: string) => text.replaceAll(/[^\w-]/g, String.raw`\$&`);

import type { ObjectiveStatus } from '../api/schemas.ts';
import type { Text } from '../language/text.ts';
import type { WindowSum } from '../ledger/ledger.ts';
import type { Backfill, ServiceSight } from '../meter/sights.ts';
import { silent, unmatched, unread, unrecorded, unscraped, unused } from './knowledge-words.ts';
import type { Advice, Trouble } from './knowledge-words.ts';

/** What the meter knows of itself, as far as an objective's state depends on it. */
export interface MeterHealth {
  /** Unix milliseconds of the last reading that succeeded; null before the first. */
  readonly lastReadMs: number | null;
  /** Why the last reading failed; null when it did not. */
  readonly trouble: Trouble | null;
  /** Selectors that never matched a series. */
  readonly emptySelectors: ReadonlySet<string>;
  /** What was seen of each service. */
  readonly services: ReadonlyMap<string, ServiceSight>;
  /** Samples set aside since the start. */
  readonly quarantined: number;
  /** A long stretch that is known by the hour and still read sample by sample; null without. */
  readonly backfill?: Backfill | null;
}

/** A state with its cause and what to do, in words; null when there is nothing to do. */
export interface Knowledge {
  readonly state: ObjectiveStatus['state'];
  readonly cause: Text | null;
  readonly fix: Text | null;
}

/** Readings may fail for this many ledger minutes before figures count as stale. */
const staleAfterMinutes = 3;

/** Compressed time does not make machines faster: nothing is stale before this. */
const staleAfterMsMin = 15_000;

/** True when something was seen too long ago to speak for the present, or never. */
export function isStale(seenMs: number | null | undefined, nowMs: number, minuteMs: number) {
  const limitMs = Math.max(staleAfterMsMin, staleAfterMinutes * minuteMs);
  return nowMs - (seenMs ?? -Infinity) > limitMs;
}

/** Says how far an objective's figures can be trusted; the most fundamental trouble first. */
export function knowledge(facts: {
  readonly meter: MeterHealth;
  readonly nowMs: number;
  readonly minuteMs: number;
  /** Selectors of the objective's valid events. */
  readonly selectors: readonly string[];
  readonly services: readonly string[];
  /** Valid events of the last hour. */
  readonly validInHour: number;
}): Knowledge {
  const { meter, nowMs, minuteMs } = facts;
  const isOld = (seenMs: number | null | undefined) => isStale(seenMs, nowMs, minuteMs);
  if (isOld(meter.lastReadMs)) return because('stale', unread(meter.lastReadMs, meter.trouble));
  const unseen = facts.services.filter((name) => isOld(meter.services.get(name)?.scrapedMs));
  const before = unseen.some((name) => meter.services.has(name));
  if (unseen.length > 0) return because('no_data', unscraped(unseen, before));
  const empty = facts.selectors.filter((selector) => meter.emptySelectors.has(selector));
  if (empty.length > 0 && empty.length === facts.selectors.length)
    return noSeries(facts.services, empty, meter);
  if (facts.validInHour === 0) return because('no_traffic', unused);
  return { state: 'ok', cause: null, fix: null };
}

/** What the ledger alone says of the hour before an instant of the past. */
export function recorded({ valid, covered }: Pick<WindowSum, 'valid' | 'covered'>): Knowledge {
  if (covered === 0) return because('no_data', unrecorded);
  return valid === 0 ? because('no_traffic', unused) : { state: 'ok', cause: null, fix: null };
}

/** Nothing matches: because the service never answered, or because the name is wrong. */
function noSeries(
  services: readonly string[],
  selectors: readonly string[],
  meter: MeterHealth,
): Knowledge {
  const mute = services.filter((name) => (meter.services.get(name)?.upMs ?? null) === null);
  return mute.length > 0
    ? because('no_data', silent(mute))
    : because('misconfigured', unmatched(selectors));
}

const because = (state: Knowledge['state'], advice: Advice): Knowledge => ({ state, ...advice });

import type { ObjectiveStatus } from '../api/schemas.ts';
import type { Backfill } from '../meter/meter.ts';

/** What the meter knows of itself, as far as an objective's state depends on it. */
export interface MeterHealth {
  /** Unix milliseconds of the last reading that succeeded; null before the first. */
  readonly lastReadMs: number | null;
  /** Why the last reading failed; null when it did not. */
  readonly error: string | null;
  /** What to do about it, when the error says so itself. */
  readonly fix?: string | null;
  /** Selectors that never matched a series. */
  readonly emptySelectors: readonly string[];
  /** What was seen of each service. */
  readonly services: ReadonlyMap<string, ServiceSight>;
  /** Samples set aside since the start. */
  readonly quarantined: number;
  /** A long stretch that is known by the hour and still read sample by sample; null without. */
  readonly backfill?: Backfill | null;
}

/** When a service was seen last, Unix milliseconds. */
export interface ServiceSight {
  /** The newest scrape that was tried. */
  readonly scrapedMs: number;
  /** The newest scrape that succeeded; null when none did. */
  readonly upMs: number | null;
}

/** A state with its cause and what to do, in words. */
export type Knowledge = Pick<ObjectiveStatus, 'state' | 'cause' | 'fix'>;

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
  if (isOld(meter.lastReadMs)) return stale(meter);
  const unseen = facts.services.filter((name) => isOld(meter.services.get(name)?.scrapedMs));
  if (unseen.length > 0) return noData(unseen, meter);
  const empty = facts.selectors.filter((selector) => meter.emptySelectors.includes(selector));
  if (empty.length > 0 && empty.length === facts.selectors.length)
    return noSeries(facts.services, empty, meter);
  if (facts.validInHour === 0) return noTraffic;
  return { state: 'ok', cause: null, fix: null };
}

function stale({ lastReadMs, error, fix = null }: MeterHealth): Knowledge {
  const since =
    lastReadMs === null ? 'since it was started' : `since ${new Date(lastReadMs).toISOString()}`;
  return {
    state: 'stale',
    cause: `${fix === null ? 'The meter could not read Prometheus' : 'Nothing was metered'} ${since}${error === null ? '' : `: ${error}`}.`,
    fix:
      fix ??
      'Start Prometheus (./sprout up) or correct telemetry.prometheus in sprout.config.ts; the meter catches up by itself.',
  };
}

function noData(unseen: readonly string[], { services }: MeterHealth): Knowledge {
  const before = unseen.some((name) => services.has(name));
  return {
    state: 'no_data',
    cause: `No scrape of ${unseen.join(' and ')} has arrived ${before ? 'lately' : 'yet'}.`,
    fix: 'Start the collector (./sprout up, or ./sprout collector run); an unreachable service would show as scraped and down.',
  };
}

/** Nothing matches: because the service never answered, or because the name is wrong. */
function noSeries(
  services: readonly string[],
  selectors: readonly string[],
  meter: MeterHealth,
): Knowledge {
  const silent = services.filter((name) => (meter.services.get(name)?.upMs ?? null) === null);
  if (silent.length > 0) {
    return {
      state: 'no_data',
      cause: `${silent.join(' and ')} has not answered a scrape yet.`,
      fix: `Start ${silent.join(' and ')}; ./sprout status shows what runs.`,
    };
  }
  return {
    state: 'misconfigured',
    cause: `The targets are scraped, but no series matches ${selectors.join(' or ')}.`,
    fix: "Compare the metric's name and labels with what the service shows at /metrics.",
  };
}

const noTraffic: Knowledge = {
  state: 'no_traffic',
  cause: 'The targets are scraped, but there was no event in the last hour.',
  fix: 'Nothing, when nobody uses it; ./sprout load sends traffic.',
};

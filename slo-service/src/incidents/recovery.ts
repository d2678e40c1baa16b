import { measuredCoverageMin, minutesPerDay } from '../ledger/ledger.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { defaultRule } from './bad-stretches.ts';
import type { IncidentRule } from './bad-stretches.ts';

/**
 * Whether what was bad until a minute is over: as many minutes as the gap of the rule have been
 * seen since. Silence is no recovery: a minute with less than half of its scrapes does not count.
 */
export async function isOver(
  { minutes }: Pick<ObjectiveReader, 'minutes'>,
  toMinute: number,
  presentMinute: number,
  { gapMinutes }: Pick<IncidentRule, 'gapMinutes'>,
): Promise<boolean> {
  let seen = 0;
  for (let from = toMinute; from < presentMinute && seen < gapMinutes; from += minutesPerDay) {
    const { coverage } = await minutes(from, Math.min(presentMinute, from + minutesPerDay));
    for (const fraction of coverage) seen += fraction >= measuredCoverageMin ? 1 : 0;
  }
  return seen >= gapMinutes;
}

/** The newest minute is still being read, and one more may be. */
const minutesLookedAt = defaultRule.gapMinutes + 2;

/** Whether the minutes before an end tell how a promise stands: enough of them for a recovery. */
export function isSeen(
  reader: Pick<ObjectiveReader, 'minutes'>,
  endMinute: number,
): Promise<boolean> {
  return isOver(reader, endMinute - minutesLookedAt, endMinute, defaultRule);
}

import { badStretches, defaultRule } from '../incidents/bad-stretches.ts';
import { isOver } from '../incidents/recovery.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import type { ObjectiveReader } from '../status/reader.ts';
import { termsIn } from '../versions/promise-history.ts';
import type { Exclusion } from './exclusion.ts';

export type IncidentLink = Extract<Exclusion['when'], { kind: 'incident' }>;

/** How far from the instant that names it an incident is looked for; a longer one is cut there. */
const daysAround = 7;

/**
 * The bounds of the incident that goes on at `when.at`, by the rule of incidents and the raw
 * ledger: what an exclusion leaves out must not make the incident disappear that it follows.
 * Undefined when there is none.
 */
export async function incidentBounds(
  when: Pick<IncidentLink, 'kind' | 'objective' | 'at'>,
  promise: {
    readonly reader: Pick<ObjectiveReader, 'minutes' | 'history'>;
    readonly nowMs: number;
  },
  clock: MinuteClock,
): Promise<IncidentLink | undefined> {
  const at = Math.floor(Date.parse(when.at) / clock.minuteMs);
  const around = clock.minutesOf(daysAround * 86_400);
  const present = clock.endAt(promise.nowMs);
  const [from, to] = [Math.max(0, at - around), Math.min(present, at + around)];
  if (from >= to) return undefined;
  const columns = await promise.reader.minutes(from, to);
  const targetAt = (minute: number) => termsIn(promise.reader.history, minute).target;
  const stretch = badStretches(columns, targetAt, defaultRule).find(
    ({ fromMinute, toMinute }) => fromMinute <= at && at < toMinute + defaultRule.gapMinutes,
  );
  if (stretch === undefined) return undefined;
  return {
    ...when,
    from: clock.instant(stretch.fromMinute),
    to: clock.instant(stretch.toMinute),
    ongoing: !(await isOver(promise.reader, stretch.toMinute, present, defaultRule)),
  };
}

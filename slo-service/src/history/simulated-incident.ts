import { chance } from './random.ts';

/** What goes wrong in a simulated history, and what it does to requests. */
interface IncidentKind {
  readonly name: string;
  readonly minutes: number;
  /** Fractions of the requests that fail, and that are answered too late. */
  readonly failed: number;
  readonly slow: number;
  /** The day of thirty on which it may happen first. */
  readonly day: number;
  /** Hour of the day in Korea at which it begins. */
  readonly hour: number;
  /** True when a new version brings it. */
  readonly deployed: boolean;
}

/** A stretch of trouble of one group of promises; minutes of the ledger, `[from, to)`. */
export interface SimulatedIncident extends Pick<
  IncidentKind,
  'name' | 'failed' | 'slow' | 'deployed'
> {
  readonly group: string;
  readonly fromMinute: number;
  readonly toMinute: number;
}

const kinds: readonly IncidentKind[] = [
  { name: 'slow queries', minutes: 190, failed: 0, slow: 0.6, day: 4, hour: 20, deployed: false },
  { name: 'a bad version', minutes: 75, failed: 0.4, slow: 0.1, day: 12, hour: 15, deployed: true },
  { name: 'a dead service', minutes: 24, failed: 1, slow: 0, day: 20, hour: 3, deployed: false },
];

const dayMinutes = 1440;
/** Korea is nine hours ahead, all year. */
const seoulMinutes = 9 * 60;

/** The incidents of some groups of promises: one of each kind, dealt out in turn. */
export function simulatedIncidents(
  groups: readonly string[],
  fromMinute: number,
  seed: string,
): SimulatedIncident[] {
  if (groups.length === 0) return [];
  return kinds.map((kind, index) => {
    const group = groups[(index + Math.floor(chance(seed) * groups.length)) % groups.length] ?? '';
    const day = kind.day + Math.floor(chance(seed, kind.name, 'day') * 4);
    const begin = midnight(fromMinute + day * dayMinutes) + kind.hour * 60;
    const start = begin + Math.floor(chance(seed, kind.name, 'minute') * 50);
    const { name, failed, slow, deployed } = kind;
    return {
      group,
      name,
      failed,
      slow,
      deployed,
      fromMinute: start,
      toMinute: start + kind.minutes,
    };
  });
}

/** The first minute of the Korean day that a minute belongs to. */
function midnight(minute: number): number {
  return minute - ((minute + seoulMinutes) % dayMinutes);
}

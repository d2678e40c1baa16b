import type { Scrape, TargetHistory } from './random-history.ts';

/** What each minute must show, worked out the long way. */
export interface OracleMinutes {
  readonly valid: number[];
  readonly bad: number[];
  readonly coverage: number[];
}

/**
 * The meter's rules once more, by brute force and without any of its code: every counter is
 * replayed from its first scrape, and an increase across a gap is dealt out second by second.
 * Metering began at second `sinceSeconds`.
 */
export function oracle(
  targets: readonly TargetHistory[],
  minutes: number,
  sinceSeconds: number,
): OracleMinutes {
  const valid = Array.from({ length: minutes }, () => 0);
  const bad = Array.from({ length: minutes }, () => 0);
  for (const { scrapes } of targets) {
    const names = new Set(scrapes.flatMap(({ values }) => [...values.keys()]));
    for (const name of names) {
      const into = name.startsWith('bad') ? bad : valid;
      replay(scrapes, name, sinceSeconds, (second, share) => {
        const minute = Math.floor(second / 60);
        into[minute] = (into[minute] ?? 0) + share;
      });
    }
  }
  const coverage = valid.map((_, minute) => coverageOf(targets, minute));
  return { valid, bad, coverage };
}

/** Two targets, of each of which four scrapes are expected in a minute, whoever makes them. */
function coverageOf(targets: readonly TargetHistory[], minute: number): number {
  const made = targets.map(({ scrapes }) => {
    const within = scrapes.filter(({ atSeconds }) => Math.floor(atSeconds / 60) === minute);
    return Math.min(4, new Set(within.map(({ atSeconds }) => atSeconds)).size);
  });
  return made.reduce((sum, one) => sum + one, 0) / 8;
}

interface Seen {
  readonly at: number;
  readonly value: number;
  readonly start: number;
  /** The newest earlier scrape that its target answered. */
  readonly answeredBefore: number | undefined;
}

/** Every instant at which a counter was shown, once. */
function sightings(scrapes: readonly Scrape[], name: string): Seen[] {
  const instants = [...new Set(scrapes.map(({ atSeconds }) => atSeconds))];
  return instants.flatMap((at) => {
    const then = scrapes.filter(({ atSeconds, up }) => atSeconds === at && up === 1);
    const value = then.find(({ values }) => values.has(name))?.values.get(name);
    const start = then[0]?.startSeconds;
    if (value === undefined || start === undefined) return [];
    const before = scrapes.findLast(({ atSeconds, up }) => atSeconds < at && up === 1);
    return [{ at, value, start, answeredBefore: before?.atSeconds }];
  });
}

/** `deal` gets each second that earned something; a second stands for the time up to its end. */
function replay(
  scrapes: readonly Scrape[],
  name: string,
  since: number,
  deal: (second: number, share: number) => void,
): void {
  let accepted: Seen | undefined;
  let strikes = 0;
  for (const here of sightings(scrapes, name)) {
    const { at, value, start, answeredBefore = -1e9 } = here;
    if (accepted === undefined) {
      if (start >= since || answeredBefore >= since) {
        give(Math.max(start, answeredBefore), at, value, deal);
      }
    } else {
      const later = start - accepted.start > 0.5;
      const earlier = accepted.start - start > 0.5;
      if (later && start >= accepted.at - 60) {
        give(Math.max(accepted.at, start), at, value, deal);
      } else if ((earlier && accepted.at <= accepted.start + 60) || value < accepted.value) {
        strikes += 1;
        if (strikes < 8) continue;
      } else {
        give(accepted.at, at, value - accepted.value, deal);
      }
    }
    accepted = here;
    strikes = 0;
  }
}

function give(
  from: number,
  to: number,
  events: number,
  deal: (second: number, share: number) => void,
): void {
  if (to - from <= 37.5) return deal(to, events);
  for (let second = from; second < to; second++) deal(second, events / (to - from));
}

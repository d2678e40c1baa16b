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

/** Two targets of one service, of which one is expected: four scrapes are a full minute. */
function coverageOf(targets: readonly TargetHistory[], minute: number): number {
  const made = targets.flatMap(({ scrapes }) =>
    scrapes.filter(({ atSeconds }) => Math.floor(atSeconds / 60) === minute),
  );
  return Math.min(8, made.length) / 8;
}

/** `deal` gets each second that earned something; a second stands for the time up to its end. */
function replay(
  scrapes: readonly Scrape[],
  name: string,
  since: number,
  deal: (second: number, share: number) => void,
): void {
  let accepted: { at: number; value: number; start: number } | undefined;
  let strikes = 0;
  for (const [index, scrape] of scrapes.entries()) {
    const value = scrape.values.get(name);
    if (value === undefined) continue;
    const here = { at: scrape.atSeconds, value, start: scrape.startSeconds };
    const before = scrapes.slice(0, index).findLast(({ up }) => up === 1);
    if (accepted === undefined) {
      const watched = here.start >= since || (before !== undefined && before.atSeconds >= since);
      if (watched) give(Math.max(here.start, before?.atSeconds ?? -1e9), here.at, value, deal);
    } else if (here.start !== accepted.start) {
      give(Math.max(accepted.at, here.start), here.at, value, deal);
    } else if (value < accepted.value) {
      strikes += 1;
      if (strikes < 8) continue;
    } else {
      give(accepted.at, here.at, value - accepted.value, deal);
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

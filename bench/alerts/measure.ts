import type { RuleSet } from './rule-set.ts';
import { firing, totalsOf } from './simulate.ts';
import { countsOf, seeded } from './traffic.ts';

const dayMinutes = 1440;
const yearMinutes = 365 * dayMinutes;
/** Longer than the longest window, so that every window is full of ordinary traffic. */
const warmMinutes = 5 * dayMinutes;
/** Time after a fault in which what fired must have stopped. */
const calmMinutes = dayMinutes / 2;

/** Ordinary traffic. */
export interface Background {
  readonly perMinute: number;
  readonly badRatio: number;
  readonly burst: number;
}

/** Pages of a year in which nothing is wrong, by tool: the mean of some years, and the worst. */
export function falsePages(sets: readonly RuleSet[], background: Background, years: number) {
  const pages = sets.map(() => [] as number[]);
  for (let year = 0; year < years; year++) {
    const counts = countsOf(
      {
        ...background,
        minutes: warmMinutes + yearMinutes,
        phase: 0,
        badRatioAt: () => background.badRatio,
      },
      seeded(year + 1),
    );
    const totals = totalsOf(counts);
    sets.forEach((set, index) => pages[index]?.push(onsets(firing(totals, paging(set)))));
  }
  return pages.map((counted) => ({
    mean: counted.reduce((sum, count) => sum + count, 0) / years,
    worst: Math.max(...counted),
  }));
}

/** Something that breaks. */
export interface Fault {
  readonly name: string;
  readonly minutes: number;
  readonly badRatio: number;
}

/** How a tool told of a fault; minutes are medians over the trials in which it did. */
export interface Detection {
  /** Share of the trials in which somebody was paged. */
  readonly paged: number;
  readonly pageAfterMinutes: number | undefined;
  readonly slowestPageMinutes: number | undefined;
  readonly toldAfterMinutes: number | undefined;
  readonly told: number;
  /** From the end of the fault until no page fires any more. */
  readonly resetAfterMinutes: number | undefined;
}

/** Breaks ordinary traffic at a random time of the day, by tool. */
export function detections(
  sets: readonly RuleSet[],
  background: Background,
  fault: Fault,
  trials: number,
): Detection[] {
  const until = warmMinutes + fault.minutes;
  const badRatioAt = (minute: number) =>
    minute >= warmMinutes && minute < until ? fault.badRatio : background.badRatio;
  const seen = sets.map(() => [] as Trial[]);
  for (let trial = 0; trial < trials; trial++) {
    const random = seeded(trial + 1);
    const phase = Math.floor(random() * dayMinutes);
    const traffic = { ...background, burst: 1, minutes: until + calmMinutes, phase, badRatioAt };
    const totals = totalsOf(countsOf(traffic, random));
    sets.forEach((set, index) => {
      const pages = firing(totals, paging(set));
      seen[index]?.push({
        page: firstAfter(pages, warmMinutes, 1),
        told: firstAfter(firing(totals, set.pairs), warmMinutes, 1),
        reset: lastBefore(pages, until),
      });
    });
  }
  return seen.map(summary);
}

interface Trial {
  readonly page: number | undefined;
  readonly told: number | undefined;
  readonly reset: number | undefined;
}

function summary(trials: readonly Trial[]): Detection {
  const values = (pick: (trial: Trial) => number | undefined) =>
    trials
      .map(pick)
      .filter((minutes) => minutes !== undefined)
      .toSorted((a, b) => a - b);
  const [pages, told] = [values(({ page }) => page), values((trial) => trial.told)];
  return {
    paged: pages.length / trials.length,
    pageAfterMinutes: median(pages),
    slowestPageMinutes: pages.at(-1),
    toldAfterMinutes: median(told),
    told: told.length / trials.length,
    resetAfterMinutes: median(
      values(({ page, reset }) => (page === undefined ? undefined : reset)),
    ),
  };
}

const paging = ({ pairs }: RuleSet) => pairs.filter(({ severity }) => severity === 'page');

/** Times that it begins to fire after the windows have filled. */
function onsets(fires: Uint8Array): number {
  let count = 0;
  for (let minute = warmMinutes + 1; minute < fires.length; minute++) {
    if (fires[minute] === 1 && fires[minute - 1] === 0) count++;
  }
  return count;
}

function firstAfter(fires: Uint8Array, minute: number, value: 0 | 1): number | undefined {
  const found = fires.indexOf(value, minute);
  return found < 0 ? undefined : found - minute;
}

function lastBefore(fires: Uint8Array, until: number): number {
  return Math.max(0, fires.lastIndexOf(1) + 1 - until);
}

const median = (sorted: readonly number[]): number | undefined =>
  sorted[Math.floor(sorted.length / 2)];

/**
 * When the workbook pages under steady traffic: factor × (1 − target) × long window ÷ error ratio
 * of the first pair that the ratio reaches at all, while the fault lasts.
 */
export function workbookMinutes(target: number, fault: Fault): number | undefined {
  const times = [
    { factor: 14.4, longMinutes: 60 },
    { factor: 6, longMinutes: 360 },
  ]
    .filter(({ factor }) => fault.badRatio > factor * (1 - target))
    .map(({ factor, longMinutes }) => (factor * (1 - target) * longMinutes) / fault.badRatio)
    .filter((minutes) => minutes < fault.minutes);
  return times.length === 0 ? undefined : Math.min(...times);
}

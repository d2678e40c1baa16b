import type { Counts } from './simulate.ts';

const dayMinutes = 1440;

/** Requests that come by chance, more by day than by night, some of which fail by chance. */
export interface Traffic {
  readonly minutes: number;
  readonly perMinute: number;
  /** Fraction of requests that fail, at a minute. */
  badRatioAt(minute: number): number;
  /** Failures come together in this number, as when somebody tries again; 1 when they do not. */
  readonly burst: number;
  /** Minute of the day at which the traffic begins. */
  readonly phase: number;
}

/** Poisson counts of each minute; the same `random` gives the same. */
export function countsOf(traffic: Traffic, random: () => number): Counts {
  const { minutes, burst } = traffic;
  const valid = new Float64Array(minutes);
  const bad = new Float64Array(minutes);
  for (let minute = 0; minute < minutes; minute++) {
    const expected = traffic.perMinute * timeOfDay(minute + traffic.phase);
    const badRatio = traffic.badRatioAt(minute);
    const failed = burst * poisson((expected * badRatio) / burst, random);
    bad[minute] = failed;
    valid[minute] = failed + poisson(expected * (1 - badRatio), random);
  }
  return { valid, bad };
}

/** From a fifth of the mean at night to 1.8 times by day. */
const timeOfDay = (minute: number): number =>
  1 + 0.8 * Math.sin((2 * Math.PI * minute) / dayMinutes);

/** Above this mean a rounded normal number stands for a Poisson number. */
const exactMeanMax = 30;

function poisson(mean: number, random: () => number): number {
  if (mean <= 0) return 0;
  if (mean > exactMeanMax) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

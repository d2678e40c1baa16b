import type { Arrivals } from '../traffic/arrivals.ts';
import type { Stage } from './scenario.ts';

/**
 * Poisson arrivals whose rate follows stages. Exponential gaps of a process at rate 1 are turned
 * into times by the inverse of the expected number of arrivals, which is exact also while the rate
 * changes. After the last stage nobody comes: `dueMs` is Infinity.
 */
export function stagedArrivals(stages: readonly Stage[], random: () => number): Arrivals {
  let expected = 0;
  let dueMs = 0;
  const advance = () => {
    expected += -Math.log(1 - random());
    dueMs = timeOf(stages, expected) * 1000;
  };
  advance();
  return {
    get dueMs() {
      return dueMs;
    },
    advance,
  };
}

/** Seconds after which so many arrivals are expected. */
function timeOf(stages: readonly Stage[], expected: number): number {
  let before = 0;
  let left = expected;
  for (const { seconds, rps } of stages) {
    const [from, to] = rps;
    const inStage = ((from + to) / 2) * seconds;
    if (left < inStage) return before + timeWithin(left, from, (to - from) / seconds);
    left -= inStage;
    before += seconds;
  }
  return Infinity;
}

/** Solves from·t + slope·t²/2 = expected, in the form that bears a slope of 0. */
function timeWithin(expected: number, from: number, slope: number): number {
  return (2 * expected) / (from + Math.sqrt(from * from + 2 * slope * expected));
}

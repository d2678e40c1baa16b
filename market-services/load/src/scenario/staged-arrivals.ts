import type { Arrivals } from '../traffic/arrivals.ts';
import type { Stage } from './scenario.ts';

/** When requests of stages are due; after the last one nobody comes: `dueMs` is Infinity. */
export function stagedArrivals(stages: readonly Stage[], random: () => number): Arrivals {
  const together = arrivalsAtOnce(stages);
  const spread = spreadArrivals(stages, random);
  const next = () => (together.dueMs <= spread.dueMs ? together : spread);
  return {
    get dueMs() {
      return next().dueMs;
    },
    advance: () => next().advance(),
  };
}

/** Those of each stage that come together, at its start. */
function arrivalsAtOnce(stages: readonly Stage[]): Arrivals {
  let startMs = 0;
  const groups = stages.flatMap(({ seconds, atOnce = 0 }) => {
    const dueMs = startMs;
    startMs += seconds * 1000;
    return atOnce > 0 ? [{ dueMs, left: atOnce }] : [];
  });
  return {
    get dueMs() {
      return groups[0]?.dueMs ?? Infinity;
    },
    advance: () => {
      const [group] = groups;
      if (group !== undefined && (group.left -= 1) === 0) groups.shift();
    },
  };
}

/**
 * Poisson arrivals whose rate follows stages. Exponential gaps of a process at rate 1 are turned
 * into times by the inverse of the expected number of arrivals, which is exact also while the rate
 * changes.
 */
function spreadArrivals(stages: readonly Stage[], random: () => number): Arrivals {
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

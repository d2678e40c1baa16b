/**
 * When requests are due, open-loop: independent of answers, as real visitors are. Gaps are
 * exponential (a Poisson process), so bursts and lulls occur as they do with people.
 */
export interface Arrivals {
  /** Milliseconds since the start at which request `next` is due. */
  readonly dueMs: number;
  advance(): void;
}

/** Arrivals at a mean rate; `random` returns values in [0, 1). */
export function poissonArrivals(ratePerSecond: number, random: () => number): Arrivals {
  let dueMs = 0;
  return {
    get dueMs() {
      return dueMs;
    },
    advance() {
      dueMs += (-Math.log(1 - random()) * 1000) / ratePerSecond;
    },
  };
}

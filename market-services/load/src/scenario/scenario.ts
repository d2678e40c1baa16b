import type { Mix } from '../traffic/shopper.ts';

/** A part of a load. Rates go evenly from the first to the second number. */
export interface Stage {
  readonly name: string;
  readonly seconds: number;
  /** Requests per second at the start and at the end. */
  readonly rps: readonly [from: number, to: number];
  /** Requests that are due at its start, all at once, besides. */
  readonly atOnce?: number;
}

/** A load to be replayed. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  readonly mix: Mix;
  readonly stages: readonly Stage[];
  /** Instead of rates: so many visitors, each waiting for his answer and thinking in between. */
  readonly visitors?: Visitors;
}

export interface Visitors {
  readonly count: number;
  /** A visitor thinks for a time between these, evenly distributed. */
  readonly thinkMs: readonly [least: number, most: number];
}

/** Longest think times that a load of visitors takes at least: after the first, all have come. */
const thinkTimesMin = 4;

/**
 * The same load in less time: stages are shorter; rates, what comes at once, and think times stay.
 * Visitors arrive over one longest think time, so theirs is never shorter than four of them.
 */
export function compress(scenario: Scenario, speed: number): Scenario {
  const wholeSeconds = durationMs(scenario) / 1000;
  const longestThinkSeconds = (scenario.visitors?.thinkMs[1] ?? 0) / 1000;
  const leastSeconds = Math.min(wholeSeconds, thinkTimesMin * longestThinkSeconds);
  const fraction = Math.max(1 / speed, leastSeconds / wholeSeconds);
  const stages = scenario.stages.map((stage) => ({ ...stage, seconds: stage.seconds * fraction }));
  return { ...scenario, stages };
}

/** Milliseconds from the start of a scenario to the end of all its stages. */
export function durationMs({ stages }: Pick<Scenario, 'stages'>): number {
  return stages.reduce((sum, { seconds }) => sum + seconds * 1000, 0);
}

/** The stage that a moment belongs to; the last one for everything after the end. */
export function stageAt({ stages }: Pick<Scenario, 'stages'>, ms: number): number {
  let endMs = 0;
  const index = stages.findIndex(({ seconds }) => (endMs += seconds * 1000) > ms);
  return index === -1 ? stages.length - 1 : index;
}

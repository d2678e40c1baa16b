import type { Scenario, Stage } from './scenario.ts';

const minute = 60;
const hour = 60 * minute;

/** The loads that the market is measured by. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'smoke',
    summary: '30 rps for 2 hours',
    mix: 'mixed',
    stages: [steady(30, 2 * hour)],
  },
  {
    name: 'smoke-cached',
    summary: '40 rps for 2 hours, list pages at random, so that the hit ratio is honest',
    mix: 'pages',
    stages: [steady(40, 2 * hour)],
  },
  {
    name: 'ramp',
    summary: '5 rps more each minute, up to 80 rps',
    mix: 'mixed',
    stages: steps(5, 80, 5, minute),
  },
  {
    name: 'climb',
    summary: 'evenly from 1 to 100 rps in 40 minutes',
    mix: 'mixed',
    stages: climb(1, 100, 40 * minute, 8),
  },
  {
    name: 'steady',
    summary: '60 rps for 30 minutes',
    mix: 'mixed',
    stages: [steady(60, 30 * minute)],
  },
  {
    name: 'spike',
    summary: '50 rps for 30 minutes out of 5 rps',
    mix: 'mixed',
    stages: [steady(5, 5 * minute), steady(50, 30 * minute), steady(5, 5 * minute)],
  },
  {
    name: 'threshold',
    summary: '130 rps and more: 10 rps more every 5 minutes, up to 180 rps',
    mix: 'mixed',
    stages: steps(130, 180, 10, 5 * minute),
  },
  {
    name: 'db-ladder',
    summary: 'past the cache, from 3 to 100 rps in steps of 5, a minute each',
    mix: 'database',
    stages: [...steps(3, 98, 5, minute), steady(100, minute)],
  },
  {
    name: 'users',
    summary: '3,000 visitors who think 3 to 10 s between requests, for 10 minutes',
    mix: 'mixed',
    stages: [{ name: '3000 users', seconds: 10 * minute, rps: [0, 0] }],
    visitors: { count: 3_000, thinkMs: [3_000, 10_000] },
  },
  {
    name: 'burst',
    summary: '3,000 requests at once, then a quiet half minute',
    mix: 'mixed',
    stages: [{ name: '3000 at once', seconds: 30, rps: [0, 0], atOnce: 3_000 }],
  },
  {
    name: 'idle',
    summary: 'nobody comes for 10 minutes',
    mix: 'mixed',
    stages: [steady(0, 10 * minute)],
  },
];

function steady(rps: number, seconds: number): Stage {
  return { name: `${rps} rps`, seconds, rps: [rps, rps] };
}

function steps(from: number, to: number, by: number, seconds: number): Stage[] {
  const count = Math.floor((to - from) / by) + 1;
  return Array.from({ length: count }, (_, index) => steady(from + index * by, seconds));
}

/** One even climb, told in parts. */
function climb(from: number, to: number, seconds: number, parts: number): Stage[] {
  const rateAfter = (part: number) => from + ((to - from) * part) / parts;
  return Array.from({ length: parts }, (_, part) => ({
    name: `${Math.round(rateAfter(part))}–${Math.round(rateAfter(part + 1))} rps`,
    seconds: seconds / parts,
    rps: [rateAfter(part), rateAfter(part + 1)],
  }));
}

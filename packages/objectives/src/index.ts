export { objective, rolling } from './objective.ts';
export type { Objective, ObjectiveOptions, Sli, Window } from './objective.ts';
export { availability, latency } from './sli.ts';
export { burnRate, burnRatePairs } from './burn-rate.ts';
export type { BurnRatePair } from './burn-rate.ts';
export { budget, secondsToExhaustion } from './budget.ts';
export type { Budget } from './budget.ts';
export { objectiveSchema } from './schema.ts';

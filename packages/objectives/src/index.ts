export { objective } from './objective.ts';
export type { Objective, ObjectiveOptions, Sli } from './objective.ts';
export {
  calendar,
  defaultZone,
  parseWindow,
  rolling,
  windowName,
  windowSeconds,
  windowSecondsMax,
  windowStartMs,
} from './window.ts';
export type { CalendarWindow, RollingWindow, Window } from './window.ts';
export { calendarPeriod, calendarUnits } from './calendar.ts';
export type { CalendarUnit, Period } from './calendar.ts';
export { instantOf, isZone, localTime } from './zone.ts';
export type { LocalMs } from './zone.ts';
export { availability, latency } from './sli.ts';
export { allowedRatio, burnRate, burnRatePairs } from './burn-rate.ts';
export type { BurnRatePair } from './burn-rate.ts';
export { budget, secondsToExhaustion } from './budget.ts';
export type { Budget } from './budget.ts';
export { objectiveSchema, windowSchema } from './schema.ts';
export { sliKey, sliRecording } from './recording.ts';
export type { SliRecording } from './recording.ts';

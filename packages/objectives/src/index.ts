export { defaultGroupsMax, objective } from './objective.ts';
export type {
  Composite,
  FormerPromise,
  NoTraffic,
  Objective,
  ObjectiveOptions,
  Slice,
  Sli,
  Unmeasured,
} from './objective.ts';
export { nameOf, titleOf } from './naming.ts';
export type { Naming, Words } from './naming.ts';
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
export {
  PeriodError,
  daysBetween,
  parsePeriod,
  periodAt,
  periodForms,
  periodIn,
  periodKinds,
  shiftPeriod,
} from './named-period.ts';
export type { NamedPeriod, PeriodKind, PeriodUnit } from './named-period.ts';
export { instantOf, isZone, localTime } from './zone.ts';
export type { LocalMs } from './zone.ts';
export { all, any, availability, latency, timeSlice, up } from './sli.ts';
export {
  groupKey,
  groupLabels,
  groupOfKey,
  ledgerKey,
  objectiveOfKey,
  otherGroup,
} from './group.ts';
export { allowedRatio, burnRate, burnRatePairs } from './burn-rate.ts';
export type { BurnRatePair } from './burn-rate.ts';
export { badEventsMin, burnAlerts, isBurnAlert, speeds } from './burn-alerts.ts';
export type { BurnAlert, Speed } from './burn-alerts.ts';
export { budget, budgetAllowing, secondsToExhaustion } from './budget.ts';
export type { Budget } from './budget.ts';
export { objectiveSchema, windowSchema } from './schema.ts';
export { objectiveSchemaText } from './schema-words.ts';
export { sliKey, sliRecording } from './recording.ts';
export type { SliRecording } from './recording.ts';
export { declaredHistory, termsAt, termsOf } from './history.ts';
export type { DatedTerms, Terms } from './history.ts';
export { goodWithin } from './threshold.ts';
export { declaredAt } from './place.ts';
export { alertObstacles } from './alert-obstacles.ts';
export { remarksOf } from './remark.ts';
export type { Language, Remark, Text } from './remark.ts';

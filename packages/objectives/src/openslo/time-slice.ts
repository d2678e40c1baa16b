import type { NoTraffic, Slice } from '../objective.ts';
import { dividesHour } from '../sli.ts';
import type { Findings } from './findings.ts';
import type { Path } from './documents.ts';
import type { TargetSpec } from './schema.ts';
import { problem } from './words/problems.ts';
import { leftOut, unsaid } from './words/unsaid.ts';

/** A slice in the words of a target. */
export function sliceSpec({ goodRatioMin, minutes }: Slice) {
  return { timeSliceTarget: goodRatioMin, timeSliceWindow: `${minutes}m` };
}

/** The slice that a target of budgeting method Timeslices means; undefined when there is none like it. */
export function sliceIn(
  { timeSliceTarget, timeSliceWindow }: TargetSpec,
  noTraffic: NoTraffic,
  at: Path,
  findings: Findings,
): Slice | undefined {
  if (timeSliceTarget === undefined || timeSliceWindow === undefined) {
    findings.problem(at, problem('SLICE_INCOMPLETE'));
    return undefined;
  }
  const minutes = minutesIn(timeSliceWindow);
  if (minutes === undefined) {
    findings.problem([...at, 'timeSliceWindow'], problem('SLICE_LENGTH_FORM'));
    return undefined;
  }
  if (!dividesHour(minutes)) {
    const what = leftOut(unsaid('SLICE_LENGTH', { length: timeSliceWindow }));
    findings.unsaid([...at, 'timeSliceWindow'], what);
    return undefined;
  }
  if (timeSliceTarget === 0) {
    const what = leftOut(unsaid('SLICE_ALWAYS_GOOD'));
    findings.unsaid([...at, 'timeSliceTarget'], what);
    return undefined;
  }
  return { goodRatioMin: timeSliceTarget, minutes, noTraffic };
}

/** A bare number is minutes. */
function minutesIn(window: number | string): number | undefined {
  const [, count, unit = 'm'] = /^([1-9]\d*)([mhdwMQY])?$/.exec(String(window)) ?? [];
  if (count === undefined) return undefined;
  // Months and longer are no slices of an hour either, whatever their length.
  return Number(count) * (minutesOf[unit] ?? Infinity);
}

const minutesOf: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440, w: 10_080 };

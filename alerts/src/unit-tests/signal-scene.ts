import { timing } from '@sprout/process';
import { parseDuration } from '@sprout/query';
import type { CompiledHint, CompiledSignal } from '../signal-rules/compiled.ts';
import { ownWindowOf } from '../signal-rules/window.ts';

/** One bound of an alert, crossed in one direction. */
export interface Bound {
  readonly name: 'above' | 'below';
  readonly at: number;
}

/** What a test of an alert plays: long stretches, one after the other. */
export interface Scene {
  readonly signal: CompiledSignal;
  readonly hint: CompiledHint;
  readonly bound: Bound;
  readonly stepSeconds: number;
  /** Steps before the first stretch in which all is as usual. */
  readonly leadSteps: number;
  /** Steps of a stretch: long enough for `for` and for a window of its own. */
  readonly steps: number;
  readonly forSteps: number;
  readonly windowSeconds: number;
  readonly aheadSeconds: number;
  /** What is compared just inside the bound, and beyond it. */
  readonly quiet: number;
  readonly bad: number;
}

/** Steps in a window; a forecast looks half a window back, so they are even. */
const windowSteps = 6;
/** Where days pass before the alert has something to compare with, fewer. */
const windowStepsAfterLead = 2;
/** Prometheus takes a sample for the present one for five minutes. */
const lookbackSteps = 5;

/** The scene for one bound of an alert. */
export function sceneOf(
  signal: CompiledSignal,
  hint: CompiledHint,
  bound: Bound,
  timeScale: number,
): Scene {
  const { scaled } = timing(timeScale);
  const windowSeconds = scaled(ownWindowOf(hint));
  const { against } = hint;
  const lead =
    against === undefined || 'signal' in against
      ? undefined
      : parseDuration('ago' in against ? against.ago : against.over);
  const hasLead = lead !== undefined;
  const stepSeconds = stepOf(hint, windowSeconds, scaled(60), hasLead);
  const forSteps = Math.ceil(scaled(parseDuration(hint.for)) / stepSeconds);
  return {
    signal,
    hint,
    bound,
    stepSeconds,
    leadSteps: Math.ceil(scaled(lead ?? 0) / stepSeconds),
    steps: forSteps + Math.ceil(windowSeconds / stepSeconds) + (hasLead ? 0 : lookbackSteps) + 3,
    forSteps,
    windowSeconds,
    aheadSeconds: scaled(parseDuration(hint.ahead ?? '0s')),
    quiet: justInside(hint, bound),
    bad: beyond(hint, bound),
  };
}

function stepOf(
  { of }: CompiledHint,
  windowSeconds: number,
  minuteSeconds: number,
  hasLead: boolean,
): number {
  if (of === 'absence' || of === 'changes') return minuteSeconds;
  const steps = hasLead ? windowStepsAfterLead : windowSteps;
  return Math.max(minuteSeconds, windowSeconds / steps);
}

/** At the bound where it can be met exactly, since comparisons are strict; else a little inside. */
function justInside({ of, against }: CompiledHint, { name, at }: Bound): number {
  if ((of === 'value' && against === undefined) || of === 'count') return at;
  return name === 'above' ? at - Math.abs(at) * 0.05 : at + Math.abs(at) * 0.05;
}

function beyond({ of, against }: CompiledHint, { name, at }: Bound): number {
  if (of === 'count') return name === 'above' ? at + 1 : at - 1;
  if (against !== undefined && 'over' in against) return name === 'above' ? at * 3 : at / 3;
  if (against !== undefined && name === 'above') return at < 1 ? (at + 1) / 2 : at * 1.5;
  if (against !== undefined || (of === 'rate' && name === 'below')) return at / 2;
  return name === 'above' ? at + Math.max(at, 1) : at - Math.max(at, 1);
}

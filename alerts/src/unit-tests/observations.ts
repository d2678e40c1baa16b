import { metricOf } from '../signal-rules/condition.ts';
import { bucketSeries } from './observed-buckets.ts';
import { counterValues, plain, seriesText } from './promtool-test.ts';
import type { InputSeries } from './promtool-test.ts';
import { decoyLabels, divisorLabels, watchedLabels } from './signal-labels.ts';
import type { Labels } from './signal-labels.ts';
import type { Scene } from './signal-scene.ts';

/** Where a signal stands in a stretch of a test: as usual, at its bound, beyond it, or nowhere. */
export type Level = 'usual' | 'quiet' | 'bad' | 'gone';

/** A stretch of a test on the steps of its scene. */
interface Stretch {
  readonly level: Level;
  readonly from: number;
  readonly steps: number;
}

/** Series of a signal that goes through the levels, what it is divided by, and decoys. */
export function observe(scene: Scene, levels: readonly Level[]): InputSeries[] {
  const { signal, hint } = scene;
  const stretches = stretchesOf(scene, levels);
  const watched = watchedLabels(signal, hint);
  if (hint.of === 'p99') return bucketSeries(scene, stretches, watched);
  if (hint.of === 'count') return countedSeries(scene, stretches, watched);
  const metric = metricOf(signal, hint);
  return [
    { series: seriesText(metric, watched), values: valuesOf(scene, stretches) },
    ...companions(scene, stretches, watched),
  ];
}

function stretchesOf(scene: Scene, levels: readonly Level[]): Stretch[] {
  const { leadSteps, steps } = scene;
  return [
    // The last stretch is one without data; nothing is compared there.
    ...leadOf(scene, (levels.length - 1) * steps),
    ...levels.map((level, index) => ({ level, from: leadSteps + index * steps, steps })),
  ];
}

/** As usual when it is looked back at, and different right before: another day would not do. */
function leadOf({ leadSteps, hint: { against } }: Scene, playedSteps: number): Stretch[] {
  if (leadSteps === 0 || against === undefined) return [];
  if (!('ago' in against)) return [{ level: 'usual', from: 0, steps: leadSteps }];
  if (leadSteps <= playedSteps) throw new RangeError(`${against.ago} is too short to be tested`);
  return [
    { level: 'usual', from: 0, steps: playedSteps },
    { level: 'bad', from: playedSteps, steps: leadSteps - playedSteps },
  ];
}

function companions(scene: Scene, stretches: readonly Stretch[], watched: Labels): InputSeries[] {
  const { signal, hint } = scene;
  const { against } = hint;
  if (against === undefined) return decoys(scene, stretches, watched);
  if (!('signal' in against)) return [];
  const ownMetric = metricOf(signal, hint);
  // A share of the signal itself has its rest beside it, unless the whole has a label of its own.
  if (against.signal !== ownMetric || against.where !== undefined) {
    const labels = divisorLabels(signal, hint, watched);
    return [
      {
        series: seriesText(against.signal, labels),
        values: amounts(scene, stretches, () => whole(scene)),
      },
    ];
  }
  const [rest] = decoyLabels(signal, hint, watched);
  if (rest === undefined) throw new RangeError(`${hint.name}: a signal is all of itself`);
  const amount = (level: Level) => whole(scene) * (1 - shareOf(scene, level));
  return [{ series: seriesText(ownMetric, rest), values: amounts(scene, stretches, amount) }];
}

/** Beyond the bound all the time, under labels that the alert must not look at. */
function decoys(scene: Scene, stretches: readonly Stretch[], watched: Labels): InputSeries[] {
  const { signal, hint } = scene;
  if (hint.of === 'absence') return [];
  const always = stretches.map((stretch) => ({ ...stretch, level: 'bad' as const }));
  return decoyLabels(signal, hint, watched).map((labels) => ({
    series: seriesText(metricOf(signal, hint), labels),
    values: valuesOf(scene, always),
  }));
}

function valuesOf(scene: Scene, stretches: readonly Stretch[]): string {
  const { hint, stepSeconds } = scene;
  switch (hint.of) {
    case 'age':
      return clockValues(scene, stretches, -1);
    case 'left':
      return clockValues(scene, stretches, 1);
    case 'changes':
      return counterValues(
        stretches.map(({ level, steps }) => ({
          steps,
          perStep: level === 'gone' ? undefined : Number(level === 'bad'),
        })),
      );
    case 'forecast':
      return lines(scene, stretches);
    case 'absence':
      return amounts(scene, stretches, () => stepSeconds);
    default:
      return amounts(scene, stretches, (level) => shareOf(scene, level) * whole(scene));
  }
}

/** What of the whole the signal is; without a whole, what is compared itself. */
function shareOf({ quiet, bad, hint, bound }: Scene, level: Level): number {
  const { against } = hint;
  if (level === 'usual') return 1;
  if (level === 'bad') return bad;
  // A peak raises the average it is compared with, so the quiet stretch stays well inside.
  const inside = bound.name === 'above' ? 0.9 : 1.1;
  return against !== undefined && 'over' in against ? bound.at * inside : quiet;
}

/** What the signal is divided by; large enough for `atLeast`. */
const whole = ({ hint }: Scene): number =>
  hint.against === undefined ? 1 : Math.max(100, (hint.atLeast ?? 0) * 2);

/** A gauge at an amount, or a counter that grows by it: a second for a rate, a window else. */
function amounts(
  { hint, stepSeconds, windowSeconds }: Scene,
  stretches: readonly Stretch[],
  amount: (level: Level) => number,
): string {
  const isCounter = hint.of === 'rate' || hint.of === 'increase';
  if (!isCounter) {
    return stretches
      .map(({ level, steps }) =>
        level === 'gone' ? `_x${steps}` : `${plain(amount(level))}+0x${steps - 1}`,
      )
      .join(' ');
  }
  const steps = hint.of === 'rate' ? stepSeconds : stepSeconds / windowSeconds;
  return counterValues(
    stretches.map((stretch) => ({
      steps: stretch.steps,
      perStep: stretch.level === 'gone' ? undefined : amount(stretch.level) * steps,
    })),
  );
}

/** A Unix time that stays as far from the test's clock as the level says. */
function clockValues(scene: Scene, stretches: readonly Stretch[], direction: 1 | -1): string {
  const { stepSeconds } = scene;
  return stretches
    .map(({ level, from, steps }) => {
      if (level === 'gone') return `_x${steps}`;
      const start = from * stepSeconds + direction * shareOf(scene, level);
      return `${plain(start)}+${plain(stepSeconds)}x${steps - 1}`;
    })
    .join(' ');
}

/** A gauge that runs nine tenths of the way to its bound, or is about to miss it, in a stretch. */
function lines(scene: Scene, stretches: readonly Stretch[]): string {
  const { bound, stepSeconds, aheadSeconds } = scene;
  const span = Math.max(Math.abs(bound.at), 1000) * (bound.name === 'above' ? -1 : 1);
  const perStep = (level: Level, steps: number) =>
    level === 'bad' ? (-0.9 * span) / steps : (-0.95 * span) / (steps + aheadSeconds / stepSeconds);
  return stretches
    .map(({ level, steps }) => {
      if (level === 'gone') return `_x${steps}`;
      const slope = perStep(level, steps);
      return `${plain(bound.at + span)}${slope < 0 ? '-' : '+'}${plain(Math.abs(slope))}x${steps - 1}`;
    })
    .join(' ');
}

/** As many series stand at the value as the level says. */
function countedSeries(
  scene: Scene,
  stretches: readonly Stretch[],
  watched: Labels,
): InputSeries[] {
  const { signal, hint, quiet, bad } = scene;
  const equals = hint.equals ?? 1;
  return Array.from({ length: Math.max(quiet, bad) + 1 }, (_, index) => ({
    series: seriesText(metricOf(signal, hint), { ...watched, instance: `127.0.0.1:${index + 1}` }),
    values: amounts(scene, stretches, (level) => equals + Number(index >= shareOf(scene, level))),
  }));
}

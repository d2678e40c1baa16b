import { counterValues, seriesText } from './promtool-test.ts';
import type { InputSeries } from './promtool-test.ts';
import type { Labels } from './signal-labels.ts';
import type { Bound, Scene } from './signal-scene.ts';

interface Stretch {
  readonly level: string;
  readonly steps: number;
}

/** All observations fall into the bucket before the bound, or into the one behind it. */
export function bucketSeries(
  { signal, bound }: Scene,
  stretches: readonly Stretch[],
  labels: Labels,
): InputSeries[] {
  const bounds = boundsOf(signal);
  const { quiet, bad } = bucketsAround(bounds, bound);
  return [...bounds.slice(1).map(String), '+Inf'].map((le, index) => ({
    series: seriesText(`${signal.name}_bucket`, { ...labels, le }),
    values: counterValues(
      stretches.map(({ level, steps }) => ({
        steps,
        perStep:
          level === 'gone' ? undefined : Number(index + 1 >= (level === 'bad' ? bad : quiet)),
      })),
    ),
  }));
}

/** The 99th percentile while all observations are in the bad bucket, interpolated. */
export function badQuantile({ signal, bound }: Scene): number {
  const bounds = boundsOf(signal);
  const { bad } = bucketsAround(bounds, bound);
  const [low, high] = [bounds[bad - 1] ?? 0, bounds[bad] ?? 0];
  return low + (high - low) * 0.99;
}

const boundsOf = (signal: Scene['signal']): number[] =>
  signal.kind === 'metric' ? [0, ...(signal.buckets ?? [])] : [0];

function bucketsAround(bounds: readonly number[], bound: Bound) {
  const behind = bounds.findIndex(
    (upper, index) => index > 0 && (bounds[index - 1] ?? 0) >= bound.at && upper > bound.at,
  );
  const before = bounds.findLastIndex((upper) => upper <= bound.at);
  return bound.name === 'above' ? { bad: behind, quiet: before } : { bad: before, quiet: behind };
}

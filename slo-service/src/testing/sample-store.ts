import type { Reading, SampleRun, SampleSource } from '../meter/reading.ts';

/** A sample that can be read from `arrivesMs` on. */
export interface StoredSample {
  readonly timeMs: number;
  readonly value: number;
  readonly arrivesMs: number;
}

/** A series; `kind` is `up`, `start`, or the selector text of a counter. */
export interface StoredSeries {
  readonly kind: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly StoredSample[];
}

/** Samples that arrive as time goes on; stands for Prometheus where only rules are tested. */
export interface SampleStore extends SampleSource {
  /** Sets the clock. */
  advanceTo(nowMs: number): void;
  /** Makes readings fail until it is called with false. */
  setDown(down: boolean): void;
}

/** A store of series; counters of `selectors` are answered even when they have no series. */
export function sampleStore(
  series: readonly StoredSeries[],
  selectors: readonly string[],
): SampleStore {
  let nowMs = 0;
  let isDown = false;
  const read = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): Reading => {
    const runsOf = (kind: string): SampleRun[] =>
      series
        .filter((one) => one.kind === kind)
        .map(({ labels, samples }) => {
          const readable = samples.filter(
            ({ timeMs, arrivesMs }) => arrivesMs <= nowMs && timeMs >= fromMs && timeMs < toMs,
          );
          return {
            labels,
            times: readable.map(({ timeMs }) => timeMs),
            values: readable.map(({ value }) => value),
          };
        })
        .filter(({ times }) => times.length > 0);
    return {
      fromMs,
      toMs,
      ups: runsOf('up'),
      starts: runsOf('start'),
      counters: new Map(selectors.map((selector) => [selector, runsOf(selector)])),
    };
  };
  return {
    read: async (range) => {
      if (isDown) throw new Error('the store is down');
      return read(range);
    },
    advanceTo: (ms) => {
      nowMs = ms;
    },
    setDown: (down) => {
      isDown = down;
    },
  };
}

import type { Reading, ReadRange, SampleRun, SampleSource } from '../meter/reading.ts';

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
  const read = (range: ReadRange): Reading => {
    const { fromMs, toMs } = range;
    const runsOf = (kind: string): SampleRun[] =>
      series
        .filter((one) => one.kind === kind)
        .map(({ labels, samples }) => {
          const arrived = samples.filter(({ arrivesMs }) => arrivesMs <= nowMs);
          const readable =
            range.stepMs === undefined ? within(arrived, range) : looks(arrived, range);
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

function within(samples: readonly StoredSample[], { fromMs, toMs }: ReadRange) {
  return samples.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
}

/** As a range query looks: the newest value of the last five minutes, with the time of the look. */
function looks(samples: readonly StoredSample[], { fromMs, toMs, stepMs = 1 }: ReadRange) {
  const seen: StoredSample[] = [];
  for (let timeMs = fromMs; timeMs < toMs; timeMs += stepMs) {
    const newest = samples.findLast((one) => one.timeMs <= timeMs && one.timeMs > timeMs - 300_000);
    if (newest !== undefined) seen.push({ ...newest, timeMs });
  }
  return seen;
}

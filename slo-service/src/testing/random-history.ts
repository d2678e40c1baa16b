import type { StoredSample, StoredSeries } from './sample-store.ts';

/** How wild a history is; probabilities are per scrape. */
export interface HistoryShape {
  readonly scrapes: number;
  readonly restarts: number;
  readonly falseResets: number;
  readonly collectorGaps: number;
  readonly targetOutages: number;
  readonly late: number;
  /** Arrivals stay below this, so that every sample is in before its minute is final. */
  readonly delaySecondsMax: number;
}

/** One scrape of a target; absent ones were never made. */
export interface Scrape {
  readonly atSeconds: number;
  readonly up: 0 | 1;
  readonly startSeconds: number;
  /** Counter name → value; a counter that is not born yet is missing. */
  readonly values: ReadonlyMap<string, number>;
  readonly delaySeconds: number;
}

export interface TargetHistory {
  readonly instance: string;
  readonly scrapes: readonly Scrape[];
}

/** Numbers in [0, 1) that depend on the seed alone. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two targets with a few counters each, scraped every 15 s from second 5 on. */
export function randomHistory(seed: number, shape: HistoryShape): TargetHistory[] {
  const random = randomFrom(seed);
  const gaps = stretches(random, shape.scrapes, shape.collectorGaps);
  return ['a', 'b'].map((instance) => ({
    instance,
    scrapes: randomTarget(random, shape, gaps),
  }));
}

function randomTarget(random: () => number, shape: HistoryShape, gaps: ReadonlySet<number>) {
  const outages = stretches(random, shape.scrapes, shape.targetOutages);
  const process = { start: random() < 0.5 ? -5000 : -20, counters: newborn(random) };
  const scrapes: Scrape[] = [];
  for (let index = 0; index < shape.scrapes; index++) {
    const atSeconds = 5 + index * 15;
    if (random() < shape.restarts) {
      process.start = atSeconds - Math.floor(random() * 14);
      process.counters = newborn(random);
    }
    for (const counter of process.counters) {
      if (random() < 0.8) counter.value += Math.floor(random() * 50);
    }
    if (gaps.has(index)) continue;
    const delayed = random() < shape.late;
    scrapes.push({
      atSeconds,
      up: outages.has(index) ? 0 : 1,
      startSeconds: process.start,
      values: outages.has(index) ? new Map() : shown(random, shape, process.counters, index),
      delaySeconds: delayed ? Math.floor(random() * shape.delaySecondsMax) : 0,
    });
  }
  return scrapes;
}

interface Counter {
  readonly name: string;
  readonly bornAt: number;
  value: number;
}

/** Some counters exist from the start of their process, some are born by their first event. */
function newborn(random: () => number): Counter[] {
  return ['valid x', 'valid y', 'bad x'].map((name) => ({
    name,
    bornAt: random() < 0.6 ? 0 : Math.floor(random() * 60),
    value: random() < 0.5 ? 0 : Math.floor(random() * 1000),
  }));
}

function shown(
  random: () => number,
  { falseResets }: HistoryShape,
  counters: readonly Counter[],
  index: number,
): Map<string, number> {
  return new Map(
    counters
      .filter(({ bornAt }) => bornAt <= index)
      .map(({ name, value }) => [
        name,
        random() < falseResets ? Math.floor(value * random()) : value,
      ]),
  );
}

/** Indices of a few stretches of missing scrapes. */
function stretches(random: () => number, count: number, probability: number): Set<number> {
  const indices = new Set<number>();
  for (let index = 0; index < count; index++) {
    if (random() >= probability) continue;
    const length = 1 + Math.floor(random() * 20);
    for (let offset = 0; offset < length; offset++) indices.add(index + offset);
  }
  return indices;
}

/** A history as a source serves it; times count from `epochMs`. */
export function seriesOfHistory(
  targets: readonly TargetHistory[],
  epochMs: number,
): StoredSeries[] {
  return targets.flatMap(({ instance, scrapes }) => {
    const labels = { job: 'shop', service: 'shop', instance };
    const sample = (scrape: Scrape, value: number): StoredSample => ({
      timeMs: epochMs + scrape.atSeconds * 1000,
      value,
      arrivesMs: epochMs + (scrape.atSeconds + scrape.delaySeconds) * 1000,
    });
    const names = [...new Set(scrapes.flatMap(({ values }) => [...values.keys()]))];
    const answered = scrapes.filter(({ up }) => up === 1);
    return [
      { kind: 'up', labels, samples: scrapes.map((one) => sample(one, one.up)) },
      {
        kind: 'start',
        labels,
        samples: answered.map((one) => sample(one, epochMs / 1000 + one.startSeconds)),
      },
      ...names.map((name) => ({
        kind: name.split(' ')[0] ?? name,
        labels: { ...labels, part: name },
        samples: scrapes.flatMap((one) => {
          const value = one.values.get(name);
          return value === undefined ? [] : [sample(one, value)];
        }),
      })),
    ];
  });
}

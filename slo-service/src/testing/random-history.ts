import type { StoredSample, StoredSeries } from './sample-store.ts';

/** How wild a history is; probabilities are per scrape. */
export interface HistoryShape {
  readonly scrapes: number;
  readonly restarts: number;
  readonly falseResets: number;
  readonly collectorGaps: number;
  readonly targetOutages: number;
  readonly late: number;
  /** The clock of a target's host is set, or its start time flickers. */
  readonly clockSteps: number;
  /** A counter is not shown for a while. */
  readonly vanished: number;
  /** A second replica scrapes too, its clock ahead by this many seconds; null for no pair. */
  readonly pairAheadSeconds: number | null;
  /** Arrivals stay below this, so that every sample is in before its minute is final. */
  readonly delaySecondsMax: number;
}

/** One scrape of a target; absent ones were never made. */
export interface Scrape {
  /** By the clock of the replica that made it. */
  readonly atSeconds: number;
  readonly replica: 'x' | 'y';
  readonly up: 0 | 1;
  readonly startSeconds: number;
  /** Counter name → value; a counter that is not born yet is missing. */
  readonly values: ReadonlyMap<string, number>;
  readonly delaySeconds: number;
}

/** Scrapes in the order of their time; of two with one time, replica x comes first. */
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
  const gaps = {
    x: stretches(random, shape.scrapes, shape.collectorGaps),
    y: stretches(random, shape.scrapes, shape.collectorGaps),
  };
  return ['a', 'b'].map((instance) => ({
    instance,
    scrapes: randomTarget(random, shape, gaps).toSorted(
      (one, other) => one.atSeconds - other.atSeconds || one.replica.localeCompare(other.replica),
    ),
  }));
}

interface Process {
  start: number;
  counters: Counter[];
}

function randomTarget(
  random: () => number,
  shape: HistoryShape,
  gaps: Readonly<Record<Scrape['replica'], ReadonlySet<number>>>,
): Scrape[] {
  const outages = stretches(random, shape.scrapes, shape.targetOutages);
  const process = { start: random() < 0.5 ? -5000 : -20, counters: newborn(random, shape) };
  const scrapes: Scrape[] = [];
  for (let index = 0; index < shape.scrapes; index++) {
    for (const { replica, trueSeconds, aheadSeconds } of looks(shape, index)) {
      live(random, shape, process, trueSeconds);
      if (gaps[replica].has(index)) continue;
      const isUp = !outages.has(index);
      scrapes.push({
        atSeconds: trueSeconds + aheadSeconds,
        replica,
        up: isUp ? 1 : 0,
        startSeconds: process.start,
        values: isUp ? shown(random, shape, process.counters, index) : new Map(),
        delaySeconds: random() < shape.late ? Math.floor(random() * shape.delaySecondsMax) : 0,
      });
    }
  }
  return scrapes;
}

/** When the replicas look at a target, seven seconds apart. */
function looks({ pairAheadSeconds }: HistoryShape, index: number) {
  const x = { replica: 'x' as const, trueSeconds: 5 + index * 15, aheadSeconds: 0 };
  if (pairAheadSeconds === null) return [x];
  const trueSeconds = x.trueSeconds + 7;
  return [x, { replica: 'y' as const, trueSeconds, aheadSeconds: pairAheadSeconds }];
}

/** What happens to a process between two looks at it. */
function live(random: () => number, shape: HistoryShape, process: Process, atSeconds: number) {
  if (random() < shape.restarts) {
    process.start = atSeconds - Math.floor(random() * 14);
    process.counters = newborn(random, shape);
  }
  if (random() < shape.clockSteps) {
    process.start += [-3600, -1, 1, 40, 3600][Math.floor(random() * 5)] ?? 0;
  }
  for (const counter of process.counters) {
    if (random() < 0.8) counter.value += Math.floor(random() * 50);
  }
}

interface Counter {
  readonly name: string;
  readonly bornAt: number;
  readonly vanished: ReadonlySet<number>;
  value: number;
}

/** Some counters exist from the start of their process, some are born by their first event. */
function newborn(random: () => number, shape: HistoryShape): Counter[] {
  return ['valid x', 'valid y', 'bad x'].map((name) => ({
    name,
    bornAt: random() < 0.6 ? 0 : Math.floor(random() * 60),
    vanished: stretches(random, shape.scrapes, shape.vanished),
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
      .filter(({ bornAt, vanished }) => bornAt <= index && !vanished.has(index))
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
  return targets.flatMap(({ instance, scrapes }) =>
    (['x', 'y'] as const).flatMap((replica) => {
      const seen = scrapes.filter((scrape) => scrape.replica === replica);
      return seriesOfTarget({ job: 'shop', service: 'shop', instance }, replica, seen, epochMs);
    }),
  );
}

/** Replica y says that it is one, x does not: a pair of which one was there before the other. */
function seriesOfTarget(
  target: Readonly<Record<string, string>>,
  replica: Scrape['replica'],
  scrapes: readonly Scrape[],
  epochMs: number,
): StoredSeries[] {
  const labels = replica === 'x' ? target : { ...target, prometheus_replica: replica };
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
}

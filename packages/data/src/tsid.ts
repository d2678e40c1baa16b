/** What an id generator takes from outside, so that tests can hold time and chance still. */
export interface TsidSource {
  /** Unix time in milliseconds. */
  now(): number;
  /** A random integer in [0, below). */
  random(below: number): number;
}

/** 2020-01-01T00:00:00Z; 42 bits of milliseconds from here keep the sign bit clear until 2089. */
const epochMs = 1_577_836_800_000;
const tailBits = 22;
const tailCount = 2 ** tailBits;

/**
 * Makes a generator of TSIDs: 64-bit ids that sort by time, as decimal strings, because a JSON
 * number loses digits beyond 2^53. 42 bits are milliseconds, 22 bits start at random in each
 * millisecond and count up within it. Ids of one generator always ascend, also when the clock
 * steps back; two generators collide only when their random tails meet in one millisecond.
 */
export function createTsidGenerator(source: TsidSource): () => string {
  let lastMs = 0;
  let tail = 0;
  return () => {
    const nowMs = source.now();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // The upper half stays free, so that a millisecond holds at least two million ids.
      tail = source.random(tailCount / 2);
    } else if (++tail === tailCount) {
      lastMs += 1;
      tail = 0;
    }
    return ((BigInt(lastMs - epochMs) << BigInt(tailBits)) | BigInt(tail)).toString();
  };
}

/** When a TSID was made, Unix time in milliseconds. */
export function tsidTimeMs(id: string): number {
  return Number(BigInt(id) >> BigInt(tailBits)) + epochMs;
}

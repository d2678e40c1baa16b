/** So many on average, and so many at once after a pause. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Allowances by key. */
export interface TokenBuckets {
  /** Takes one; 0 when there was one, else the seconds until there is. */
  take(key: string, rate: Rate): number;
}

/** Keys that are remembered; who was not seen for longest starts anew. */
export const keysMax = 10_000;

interface Bucket {
  left: number;
  atMs: number;
}

/** Makes token buckets in memory: no other server is needed to say no. `nowMs` is monotonic. */
export function createTokenBuckets(nowMs: () => number): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string, rate: Rate): Bucket => {
    const known = buckets.get(key) ?? { left: rate.burst, atMs: nowMs() };
    // Moved to the end, so that the first of the map is who was not seen for longest.
    buckets.delete(key);
    buckets.set(key, known);
    const [oldest] = buckets.keys();
    if (buckets.size > keysMax && oldest !== undefined) buckets.delete(oldest);
    return known;
  };
  return {
    take: (key, rate) => {
      const bucket = bucketOf(key, rate);
      const earned = ((nowMs() - bucket.atMs) / 1000) * rate.perSecond;
      bucket.left = Math.min(rate.burst, bucket.left + earned);
      bucket.atMs = nowMs();
      if (bucket.left < 1) return (1 - bucket.left) / rate.perSecond;
      bucket.left -= 1;
      return 0;
    },
  };
}

/**
 * Latencies in logarithmic buckets, 1 % wide, from 0.01 ms up; bounded memory whatever the
 * number of requests. A quantile is at most 1 % off.
 */
export interface LatencyRecorder {
  readonly count: number;
  record(latencyMs: number): void;
  /** Milliseconds below which a fraction of the latencies lies; null without any. */
  quantile(fraction: number): number | null;
}

const smallestMs = 0.01;
const growth = 1.01;
const buckets = 2200;

export function createLatencyRecorder(): LatencyRecorder {
  const counts = new Float64Array(buckets);
  let count = 0;
  return {
    get count() {
      return count;
    },
    record(latencyMs) {
      counts[bucketOf(latencyMs)]! += 1;
      count += 1;
    },
    quantile: (fraction) => quantileOf(counts, count, fraction),
  };
}

function quantileOf(counts: Float64Array, count: number, fraction: number): number | null {
  if (count === 0) return null;
  const rank = Math.ceil(count * fraction);
  let seen = 0;
  const bucket = counts.findIndex((inBucket) => (seen += inBucket) >= rank);
  return smallestMs * growth ** bucket;
}

function bucketOf(latencyMs: number): number {
  const bucket = Math.ceil(
    Math.log(Math.max(latencyMs, smallestMs) / smallestMs) / Math.log(growth),
  );
  return Math.min(bucket, buckets - 1);
}

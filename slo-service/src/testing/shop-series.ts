import type { WrittenSeries } from './prometheus-process.ts';

/** What the shop of the test configuration shows at each scrape. */
export interface ShopHistory {
  readonly untilMs: number;
  readonly minutes: number;
  /** Events of each scrape: a number, or by the index of the scrape. */
  readonly ok: (scrape: number) => number;
  readonly failed: (scrape: number) => number;
  readonly slow?: (scrape: number) => number;
  /** Trace of a request that failed in the last scrape. */
  readonly failedTraceId?: string;
}

const scrapeMs = 15_000;

/** Scrapes of one target, four a minute, its process as old as the history. */
export function shopSeries(history: ShopHistory): WrittenSeries[] {
  const { untilMs, minutes, ok, failed, slow = () => 0, failedTraceId } = history;
  const times = Array.from(
    { length: minutes * 4 },
    (_, index) => untilMs - (minutes * 4 - 1 - index) * scrapeMs,
  );
  const startSeconds = (times[0] ?? 0) / 1000;
  const one = (
    name: string,
    labels: Record<string, string>,
    valueAt: (index: number) => number,
  ) => ({
    labels: { __name__: name, job: 'shop', service: 'shop', instance: 'shop:1', ...labels },
    samples: times.map((timestampMs, index) => ({ timestampMs, value: valueAt(index) })),
  });
  const total = (each: (scrape: number) => number) => {
    let sum = 0;
    const totals = times.map((_, index) => (sum += each(index)));
    return (index: number) => totals[index] ?? 0;
  };
  const fast = (scrape: number) => ok(scrape) - slow(scrape);
  const exemplars =
    failedTraceId === undefined
      ? []
      : [{ labels: [['trace_id', failedTraceId]] as const, value: 1, timestampMs: untilMs }];
  return [
    one('up', {}, () => 1),
    one('process_start_time_seconds', {}, () => startSeconds),
    one('shop_requests_total', { outcome: 'ok' }, total(ok)),
    { ...one('shop_requests_total', { outcome: 'failed' }, total(failed)), exemplars },
    one('shop_request_duration_seconds_count', { outcome: 'ok' }, total(ok)),
    one('shop_request_duration_seconds_count', { outcome: 'failed' }, total(failed)),
    one('shop_request_duration_seconds_bucket', { outcome: 'ok', le: '2' }, total(fast)),
  ];
}

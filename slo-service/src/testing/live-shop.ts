import { setTimeout as sleep } from 'node:timers/promises';
import { timing } from '@sprout/process';
import type { TestPrometheus } from './prometheus-process.ts';

/** A shop that is scraped until it is stopped, and knows what it has shown. */
export interface LiveShop {
  /** Ends with a last scrape; resolves to all events there were. */
  stop(): Promise<{ readonly valid: number; readonly bad: number }>;
}

/** Writes scrapes of a target at the compressed cadence, first a past of some minutes. */
export function liveShop(prometheus: TestPrometheus, timeScale: number): LiveShop {
  const { scrapeIntervalMs, minuteMs } = timing(timeScale);
  const startedMs = Date.now() - 20 * minuteMs;
  const counters = { ok: 0, failed: 0 };
  let atMs = startedMs;
  const ending = new AbortController();
  const scrapesUntil = (untilMs: number) => {
    const rounds: number[] = [];
    for (; atMs <= untilMs; atMs += scrapeIntervalMs) rounds.push(atMs);
    return rounds;
  };
  const writeRound = async (timestampMs: number) => {
    counters.ok += 90 + (timestampMs % 7);
    counters.failed += timestampMs % 3;
    const one = (name: string, value: number, labels = {}) => ({
      labels: { __name__: name, job: 'shop', service: 'shop', instance: 'shop:1', ...labels },
      samples: [{ timestampMs, value }],
    });
    await prometheus.write([
      one('up', 1),
      one('process_start_time_seconds', startedMs / 1000),
      one('shop_requests_total', counters.ok, { outcome: 'ok' }),
      one('shop_requests_total', counters.failed, { outcome: 'failed' }),
    ]);
  };
  const loop = (async () => {
    while (!ending.signal.aborted) {
      for (const timestampMs of scrapesUntil(Date.now())) await writeRound(timestampMs);
      await sleep(scrapeIntervalMs / 2);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await loop;
      return { valid: counters.ok + counters.failed, bad: counters.failed };
    },
  };
}

import { performance } from 'node:perf_hooks';
import { processCpu, processMemory, processStartTime } from '@sprout/signals/catalogue';
import { exposition } from './exposition.ts';

const startSeconds = performance.timeOrigin / 1000;

/** What every scraped process says of itself. */
export function processMetrics(): string {
  const { user, system } = process.cpuUsage();
  const bare = (value: number) => [{ labels: {}, value }];
  return [
    exposition(processStartTime, 'gauge', bare(startSeconds)),
    exposition(processCpu, 'counter', bare((user + system) / 1e6)),
    exposition(processMemory, 'gauge', bare(process.memoryUsage.rss())),
  ].join('');
}

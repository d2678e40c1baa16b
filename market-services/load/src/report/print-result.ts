import { styleText } from 'node:util';
import type { LoadResult } from './load-result.ts';

/** The result as lines for people. */
export function printResult(result: LoadResult): string[] {
  const { p50, p95, p99 } = result.latencyMs;
  const errors = Object.entries(result.errors).map(([kind, count]) => `${count} ${kind}`);
  return [
    `${result.requests} requests in ${result.seconds} s: ${result.achievedRps} rps achieved of ${result.offeredRps} offered`,
    `latency    p50 ${ms(p50)}   p95 ${ms(p95)}   p99 ${ms(p99)}`,
    `answered   ${percent(result.availability)}   well in time (2000 ms) ${percent(result.inTime)}`,
    errors.length === 0
      ? styleText('green', 'errors     none')
      : styleText('red', `errors     ${errors.join(', ')}`),
  ];
}

/** One line of progress. */
export function printProgress(result: LoadResult): string {
  const errors = Object.values(result.errors).reduce((sum, count) => sum + count, 0);
  return `${result.seconds.toFixed(0).padStart(5)} s  ${result.achievedRps.toFixed(1).padStart(7)} rps  p50 ${ms(result.latencyMs.p50)}  p99 ${ms(result.latencyMs.p99)}  ${errors} errors`;
}

function ms(value: number | null): string {
  return value === null ? '–' : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(fraction * 100).toFixed(2)} %`;
}

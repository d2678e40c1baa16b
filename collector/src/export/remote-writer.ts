import { setTimeout as sleep } from 'node:timers/promises';
import { decodeWriteRequest, encodeWriteRequest } from '@sprout/wire';
import type { TimeSeries } from '@sprout/wire';
import type { Logger } from '@sprout/process';
import type { CollectorMetrics } from '../metrics/collector-metrics.ts';
import type { HandleBatch } from '../journals/consumer.ts';
import { backoffMs } from './backoff.ts';
import { sendWrite } from './send-write.ts';
import type { WriteResult } from './send-write.ts';

/** Requests spent on finding the samples of one rejected batch that are at fault. */
const splitRequestsMax = 64;

export interface RemoteWriterOptions {
  /** The endpoint's address now; undefined while it has published none. */
  readonly url: () => string | undefined;
  /** Longest wait between two attempts, unless the server asks for more. */
  readonly retryMsMax: number;
  readonly metrics: CollectorMetrics;
  readonly logger: Logger;
}

/**
 * Delivers records of the metrics journal in their order, one request at a time, so that every series
 * keeps its order. It retries for ever on 5xx, 429 and broken connections; a rejected request is
 * split until only what the server rejects is dropped.
 */
export function createRemoteWriter(options: RemoteWriterOptions): HandleBatch {
  return async (records, signal) => {
    const series = concat(records.map(({ bytes }) => bytes));
    const items = records.reduce((sum, record) => sum + record.items, 0);
    const result = await deliver(options, series, signal);
    if (result.outcome === 'delivered') return { delivered: items, dropped: {} };
    const split: Split = { requestsLeft: splitRequestsMax, delivered: 0, dropped: {} };
    await deliverHalves(options, decodeWriteRequest(series), result, split, signal);
    options.logger.warn('remote write rejected samples', {
      ...split.dropped,
      detail: result.detail,
    });
    return split;
  };
}

/** Concatenated write requests are one valid write request. */
function concat(requests: readonly Uint8Array[]): Uint8Array {
  return requests.length === 1 && requests[0] ? requests[0] : Buffer.concat(requests);
}

type Settled = Exclude<WriteResult, { outcome: 'retry' }>;
type Rejected = Extract<WriteResult, { outcome: 'rejected' }>;

/** Sends until the server takes or rejects it; throws the signal's reason when stopped meanwhile. */
async function deliver(
  options: RemoteWriterOptions,
  request: Uint8Array,
  signal: AbortSignal,
): Promise<Settled> {
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    // Resolved for each attempt: a server that restarts may come back at another port.
    const url = options.url();
    const result: WriteResult =
      url === undefined
        ? { outcome: 'retry', reason: 'no_address' }
        : await sendWrite(url, request);
    if (result.outcome !== 'retry') return result;
    options.metrics.remoteWriteRetries.inc({ reason: result.reason });
    await sleep(backoffMs(attempt, result.afterMs, options.retryMsMax), undefined, { signal });
  }
}

interface Split {
  requestsLeft: number;
  delivered: number;
  readonly dropped: Record<string, number>;
}

async function deliverHalves(
  options: RemoteWriterOptions,
  series: readonly TimeSeries[],
  rejected: Rejected,
  split: Split,
  signal: AbortSignal,
): Promise<void> {
  if (series.length <= 1 || !divisible(rejected) || split.requestsLeft < 2) {
    const reason = reasonOf(rejected);
    split.dropped[reason] = (split.dropped[reason] ?? 0) + samplesOf(series);
    return;
  }
  const middle = series.length >> 1;
  split.requestsLeft -= 2;
  for (const half of [series.slice(0, middle), series.slice(middle)]) {
    const result = await deliver(options, encodeWriteRequest(half), signal);
    if (result.outcome === 'delivered') split.delivered += samplesOf(half);
    else await deliverHalves(options, half, result, split, signal);
  }
}

/** A server rejects a whole request for one sample (400) or for its size (413). */
function divisible({ status }: Rejected): boolean {
  return status === 400 || status === 413;
}

function reasonOf({ status, detail }: Rejected): string {
  if (/out of order/i.test(detail)) return 'out_of_order';
  if (/out of bounds|too old/i.test(detail)) return 'too_old';
  if (/duplicate/i.test(detail)) return 'duplicate';
  return `status_${status}`;
}

function samplesOf(series: readonly TimeSeries[]): number {
  return series.reduce((sum, { samples }) => sum + samples.length, 0);
}

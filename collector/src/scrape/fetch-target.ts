import { parseExposition } from '@sprout/wire';
import type { MetricSample } from '@sprout/wire';
import { FetchError, fetchWhole } from '../http/client.ts';

/** Bytes of one target's exposition. */
export const scrapeBytesMax = 16 * 1024 * 1024;
/** Samples of one target's exposition. */
export const scrapeSamplesMax = 50_000;

export type ScrapeFailure =
  | 'no_address'
  | 'timeout'
  | 'connection'
  | 'status'
  | 'body_limit'
  | 'sample_limit'
  | 'parse';

/** What one scrape brought; durations are wall time. */
export type Scraped =
  | { readonly up: true; readonly samples: readonly MetricSample[]; durationSeconds: number }
  | {
      readonly up: false;
      readonly reason: ScrapeFailure;
      readonly detail: string;
      durationSeconds: number;
    };

/** Fetches and parses a target's metrics; never throws. */
export async function fetchTarget(url: string, timeoutMs: number): Promise<Scraped> {
  const start = performance.now();
  const outcome = await attempt(url, timeoutMs);
  return { ...outcome, durationSeconds: (performance.now() - start) / 1000 };
}

const accept =
  'application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.6,' +
  'text/plain;version=0.0.4;q=0.4,*/*;q=0.1';

async function attempt(url: string, timeoutMs: number): Promise<Scraped> {
  try {
    const answer = await fetchWhole(url, {
      timeoutMs,
      bytesMax: scrapeBytesMax,
      headers: {
        accept,
        'accept-encoding': 'gzip',
        'x-prometheus-scrape-timeout-seconds': String(timeoutMs / 1000),
      },
    });
    if (answer.status !== 200) return failure('status', `answers ${answer.status}`);
    return parse(answer.body.toString(), answer.headers['content-type'] ?? '');
  } catch (error) {
    const reason = error instanceof FetchError ? error.reason : 'connection';
    return failure(reason, String(error));
  }
}

function parse(text: string, contentType: string): Scraped {
  try {
    const samples = parseExposition(text, contentType).flatMap((family) => family.samples);
    if (samples.length > scrapeSamplesMax) {
      return failure('sample_limit', `${samples.length} samples, over ${scrapeSamplesMax}`);
    }
    return { up: true, samples, durationSeconds: 0 };
  } catch (error) {
    return failure('parse', String(error));
  }
}

export function failure(reason: ScrapeFailure, detail: string): Scraped {
  return { up: false, reason, detail, durationSeconds: 0 };
}

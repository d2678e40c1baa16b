import { setTimeout as sleep } from 'node:timers/promises';
import { PrometheusError } from './prometheus-client.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/**
 * Asks again after 429 and 5xx, at most `attemptsMax` times in all and after no longer than
 * `waitMsMax` each. A source that asks for more time is not asked before it is over: until then
 * every query fails at once, as `throttled`, whoever asks.
 */
export function retryingClient(
  client: PrometheusClient,
  options: { readonly attemptsMax?: number; readonly waitMsMax?: number; now?(): number } = {},
): PrometheusClient {
  const { attemptsMax = 3, waitMsMax = 5000, now = Date.now } = options;
  let notBeforeMs = 0;
  const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      await untilAllowed(notBeforeMs - now(), waitMsMax);
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof PrometheusError)) throw error;
        const waitMs = waitAfter(error, attempt);
        if (waitMs === undefined) throw error;
        // What the source asks for holds for every query; a backoff only for this one.
        if (error.retryAfterMs !== undefined) notBeforeMs = Math.max(notBeforeMs, now() + waitMs);
        if (attempt >= attemptsMax || waitMs > waitMsMax) throw error;
        await sleep(waitMs);
      }
    }
  };
  return {
    query: (expression, atMs) => patiently(() => client.query(expression, atMs)),
    queryRange: (expression, range) => patiently(() => client.queryRange(expression, range)),
    queryExemplars: (expression, range) =>
      patiently(() => client.queryExemplars(expression, range)),
  };
}

async function untilAllowed(waitMs: number, waitMsMax: number): Promise<void> {
  if (waitMs > waitMsMax) {
    throw new PrometheusError(
      'throttled',
      `the source asked not to be asked for another ${Math.ceil(waitMs / 1000)} s`,
      { retryAfterMs: waitMs },
    );
  }
  if (waitMs > 0) await sleep(waitMs);
}

const firstBackoffMs = 200;

/** Undefined when asking again would not help. */
function waitAfter({ status, retryAfterMs }: PrometheusError, attempt: number) {
  if (status === undefined || (status !== 429 && status < 500)) return undefined;
  // Doubled each time; half of it by chance, so that replicas do not come back together.
  return retryAfterMs ?? firstBackoffMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}

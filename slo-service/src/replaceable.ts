import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createLifecycle } from '@sprout/process';
import type { Lifecycle, Logger, SproutConfig } from '@sprout/process';

/** Something that answers requests and can be replaced while it does. */
export interface Replaceable {
  readonly answer: RequestListener;
  /** Ends the running one in order, then starts another; requests wait meanwhile. */
  replace(config: SproutConfig): Promise<void>;
  stop(): Promise<void>;
}

/** Running requests may take this long before their service ends under them. */
const drainMsMax = 5_000;

/** Starts and says what answers; everything it opens ends with its lifecycle. */
type Start = (config: SproutConfig, lifecycle: Lifecycle) => Promise<RequestListener>;

/**
 * Starts with a configuration. A replacement that cannot start is given up, and the former
 * configuration goes on.
 */
export async function replaceable(
  start: Start,
  config: SproutConfig,
  logger: Logger,
): Promise<Replaceable> {
  const answering = new Set<ServerResponse>();
  const open = async (wanted: SproutConfig) => {
    const lifecycle = createLifecycle(logger);
    try {
      return { config: wanted, lifecycle, answer: await start(wanted, lifecycle) };
    } catch (error) {
      await lifecycle.stop();
      throw error;
    }
  };
  const drained = async () => {
    const ended = [...answering].map((response) => once(response, 'close'));
    const late = AbortSignal.timeout(drainMsMax);
    await Promise.race([Promise.all(ended), once(late, 'abort')]);
  };
  let current = Promise.resolve(await open(config));
  const swap = async (wanted: SproutConfig, before: Awaited<typeof current>) => {
    await drained();
    await before.lifecycle.stop();
    return open(wanted);
  };
  const replace = async (wanted: SproutConfig) => {
    const before = await current;
    const next = swap(wanted, before);
    current = next.catch(() => open(before.config));
    await next;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { answer: answerNow } = await current;
    answering.add(response);
    response.once('close', () => answering.delete(response));
    answerNow(request, response);
  };
  return {
    answer: (request, response) => {
      answer(request, response).catch(() => response.writeHead(503, { 'retry-after': '5' }).end());
    },
    replace,
    stop: async () => (await current).lifecycle.stop(),
  };
}

import type { BoundGauge } from '@sprout/instrumentation';
import {
  consumerLag,
  consumerOldestAge,
  consumerPending,
  consumersAlive,
  deadLetters,
} from '@sprout/signals/catalogue';
import type { GroupState, LookAtStream, StreamState } from './stream-state.ts';
import type { Telemetry } from './telemetry.ts';

export interface QueueWatchParts {
  readonly look: LookAtStream;
  /** The stream that this service publishes: it is told of also when no consumer lives. */
  readonly stream: string;
  readonly telemetry: Pick<Telemetry, 'bind' | 'logger'>;
  readonly everyMs: number;
}

/** Shows the state of a stream as gauges, looked at anew every so often, until stopped. */
export function startQueueWatch(parts: QueueWatchParts): { stop(): void } {
  const show = createGauges(parts);
  let looking = false;
  const look = async () => {
    // A queue that hangs is asked by one look at a time.
    if (looking) return;
    looking = true;
    try {
      show(await parts.look(parts.stream));
    } catch (error) {
      show(undefined);
      parts.telemetry.logger.debug('queue not seen', { 'exception.message': String(error) });
    } finally {
      looking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), parts.everyMs);
  return { stop: () => clearInterval(timer) };
}

function createGauges({ stream, telemetry }: QueueWatchParts) {
  const dead = telemetry.bind(deadLetters);
  const setters = {
    lag: ofGroups(stream, telemetry.bind(consumerLag)),
    pending: ofGroups(stream, telemetry.bind(consumerPending)),
    oldestAgeSeconds: ofGroups(stream, telemetry.bind(consumerOldestAge)),
    consumers: ofGroups(stream, telemetry.bind(consumersAlive)),
  };
  const known = new Set<string>();
  return (state: StreamState | undefined) => {
    dead.set({ stream }, state?.dead ?? NaN);
    const groups = new Map(state?.groups.map((one) => [one.group, one]));
    for (const group of groups.keys()) known.add(group);
    for (const group of known) {
      const found: Partial<GroupState> = groups.get(group) ?? {};
      for (const name of names) setters[name](group, found[name]);
    }
  };
}

const names = ['lag', 'pending', 'oldestAgeSeconds', 'consumers'] as const;

/**
 * What is not known any more is not a number, rather than what it was some time ago; what a queue
 * never tells has no series.
 */
function ofGroups(stream: string, gauge: BoundGauge<{ stream: 'any'; group: 'any' }>) {
  const told = new Set<string>();
  return (group: string, value: number | undefined) => {
    if (value !== undefined) told.add(group);
    if (told.has(group)) gauge.set({ stream, group }, value ?? NaN);
  };
}

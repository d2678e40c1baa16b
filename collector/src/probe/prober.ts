import { addressOf } from '@sprout/process';
import type { Logger, SproutConfig } from '@sprout/process';
import { FetchError, fetchWhole } from '../http/client.ts';
import type { CollectorMetrics } from '../metrics/collector-metrics.ts';

/**
 * How long a probe waits. Longer than a gateway's own time limit, so that a slow request is counted
 * once: by the gateway that answers it. Not scaled, because it is the patience of a person.
 */
export const probeTimeoutMs = 10_000;
const probeBytesMax = 1024 * 1024;
/** A timer that fires this late belongs to a process that was stopped or starved. */
const heldUpMsMin = 1000;

type Probe = SproutConfig['probes'][number];
type Outcome = 'arrived' | 'unreachable';

/**
 * Sends each configured probe once per interval and counts whether any answer came. What the answer
 * says is counted by the service itself. A process that has not published an address yet is being
 * started and not down; one that answered before, or whose address stands there, is. A probe that
 * took longer than its own time limit was held up here, not there, and counts for nothing.
 * Returns what stops it.
 */
export function startProbes(
  config: Pick<SproutConfig, 'probes' | 'dataDir'>,
  metrics: CollectorMetrics,
  logger: Logger,
  intervalMs: number,
): () => void {
  const outcomes = new Map<string, Outcome>();
  for (const probe of config.probes) initialise(metrics, probe);
  const run = async (probe: Probe) => {
    const startedMs = performance.now();
    const outcome = await send(config, probe);
    const heldUp = performance.now() - startedMs > probeTimeoutMs + heldUpMsMin;
    const starting = addressOf(config, probe.endpoint) === undefined && !outcomes.has(probe.name);
    if (starting || (heldUp && outcome === 'unreachable')) return;
    metrics.probeRequests.inc({ probe: probe.name, route: probe.route, outcome });
    if (outcomes.get(probe.name) !== outcome) logger.info('probe', { probe: probe.name, outcome });
    outcomes.set(probe.name, outcome);
  };
  const timer = setInterval(() => {
    for (const probe of config.probes) void run(probe);
  }, intervalMs);
  return () => clearInterval(timer);
}

/** A series that begins at 0 loses no first event. */
function initialise(metrics: CollectorMetrics, { name, route }: Probe): void {
  for (const outcome of ['arrived', 'unreachable']) {
    metrics.probeRequests.inc({ probe: name, route, outcome }, 0);
  }
}

async function send(config: Pick<SproutConfig, 'dataDir'>, probe: Probe): Promise<Outcome> {
  const address = addressOf(config, probe.endpoint);
  if (address === undefined) return 'unreachable';
  try {
    await fetchWhole(`${address}${probe.path}`, {
      timeoutMs: probeTimeoutMs,
      bytesMax: probeBytesMax,
      // Like a newcomer. A connection from before may have been closed while nobody looked.
      anew: true,
      headers: { 'user-agent': 'sprout-probe' },
    });
    return 'arrived';
  } catch (error) {
    // An answer that is too long is an answer.
    return error instanceof FetchError && error.reason === 'body_limit' ? 'arrived' : 'unreachable';
  }
}

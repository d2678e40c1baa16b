import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { ask } from './ask.ts';

export interface RegistrationParts {
  readonly config: Pick<SproutConfig, 'dataDir' | 'market'>;
  readonly service: string;
  readonly id: string;
  /** Where this instance is reached. */
  readonly url: string;
  /** What it runs, when a deployment says so. */
  readonly version?: string | undefined;
}

const heartbeatEveryMs = 1_000;
/** Readiness asks the database, so it is looked at more seldom. */
const heartbeatsPerLook = 3;
/** Callers look at the list more often than this; after it none begins a request here any more. */
const drainMs = 800;

/** Registers an instance and renews its lease until stopped. Discovery may come and go. */
export function startRegistration({ config, service, id, url, version }: RegistrationParts): {
  /** Takes the instance off the list and waits until no caller chooses it any more. */
  stop(): Promise<void>;
} {
  const place = () => {
    const base = addressOf(config, config.market.discovery);
    return base === undefined ? undefined : `${base}/instances/${service}/${id}`;
  };
  let beats = 0;
  let state: 'ready' | 'not_ready' = 'not_ready';
  let running = Promise.resolve();
  const beat = async () => {
    if (beats % heartbeatsPerLook === 0 || state === 'not_ready') state = await readiness(url);
    beats += 1;
    const at = place();
    if (at !== undefined) await ask('PUT', at, { json: { url, state, version } });
  };
  const tick = () => {
    // Discovery is away; the next heartbeat tries again.
    running = beat().catch(() => undefined);
  };
  tick();
  const timer = setInterval(tick, heartbeatEveryMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      const at = place();
      const told = at === undefined ? 'nobody' : await ask('DELETE', at).catch(() => 'nobody');
      if (told !== 'nobody') await sleep(drainMs);
    },
  };
}

async function readiness(url: string): Promise<'ready' | 'not_ready'> {
  try {
    return (await ask('GET', `${url}/readyz`)).status === 200 ? 'ready' : 'not_ready';
  } catch {
    // Too busy to answer itself.
    return 'not_ready';
  }
}

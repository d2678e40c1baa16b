import { addressOf, listener } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { z } from 'zod';
import { ask } from '../../src/discovery/ask.ts';
import type { Route } from './signals.ts';

/** Knows which instances serve a route. */
export interface Instances {
  /** The base URL of the instance to call next, or undefined when none is known. */
  pick(route: Route): string | undefined;
  /** An instance refused the connection; others are called for a while. */
  avoid?(url: string): void;
}

const listSchema = z.object({
  instances: z.array(
    z.object({ service: z.string(), url: z.string(), state: z.enum(['ready', 'not_ready']) }),
  ),
});
export type KnownInstance = z.infer<typeof listSchema>['instances'][number];

/** How long an instance that refused a connection is avoided. */
const avoidMs = 2_000;

export interface RotationParts {
  /** The last known list; empty before the first. */
  readonly list: () => readonly KnownInstance[];
  /** Where a route is served when the list knows nobody. */
  readonly fallback: (route: Route) => string | undefined;
  /** Monotonic. */
  readonly nowMs: () => number;
}

/**
 * Takes the instances of a route in turn: those that are ready; when none is, those that are
 * alive, as a service without its database still answers what it has cached.
 */
export function createRotation({ list, fallback, nowMs }: RotationParts): Required<Instances> {
  const turns = new Map<Route, number>();
  const avoided = new Map<string, number>();
  const isAvoided = (url: string) => (avoided.get(url) ?? -Infinity) > nowMs();
  return {
    pick: (route) => {
      const alive = list().filter(({ service }) => service === route);
      const ready = alive.filter(({ state }) => state === 'ready');
      const candidates = ready.length > 0 ? ready : alive;
      const good = candidates.filter(({ url }) => !isAvoided(url));
      const from = good.length > 0 ? good : candidates;
      const turn = turns.get(route) ?? 0;
      turns.set(route, turn + 1);
      return from[turn % Math.max(from.length, 1)]?.url ?? fallback(route);
    },
    avoid: (url) => {
      for (const [other, untilMs] of avoided) if (untilMs <= nowMs()) avoided.delete(other);
      avoided.set(url, nowMs() + avoidMs);
    },
  };
}

const lookEveryMs = 250;

/** Follows discovery's list; while discovery is away, the last known one goes on. */
export function followDiscovery(config: Pick<SproutConfig, 'dataDir' | 'market'>): {
  readonly instances: Required<Instances>;
  stop(): void;
} {
  let known: readonly KnownInstance[] = [];
  let looking = false;
  const look = async () => {
    const base = addressOf(config, config.market.discovery);
    if (base === undefined || looking) return;
    looking = true;
    try {
      const { status, body } = await ask('GET', `${base}/instances`);
      if (status === 200) known = listSchema.parse(JSON.parse(body)).instances;
    } catch {
      // Discovery is away: what was known last is still the best there is.
    } finally {
      looking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), lookEveryMs);
  const instances = createRotation({
    list: () => known,
    fallback: (route) => addressOf(config, listener(route)),
    nowMs: () => performance.now(),
  });
  return { instances, stop: () => clearInterval(timer) };
}

import { addressOf } from '@sprout/process';
import type { Logger, SproutConfig } from '@sprout/process';
import { z } from 'zod';

type Service = SproutConfig['services'][number];

/** One target that is scraped again and again. */
export interface ScrapeLoop {
  /** `host:port` of what is scraped; '' while it is not known. */
  instance(): string;
  stop(): Promise<void>;
  /** Stops, and marks its series as ended. */
  end(): Promise<void>;
}

export interface TargetListsParts {
  readonly config: Pick<SproutConfig, 'targetLists' | 'dataDir'>;
  readonly logger: Logger;
  readonly intervalMs: number;
  /** Whether a configured service is scraped there already. */
  readonly isKnown: (instance: string) => boolean;
  readonly start: (service: Service) => ScrapeLoop;
}

/** https://prometheus.io/docs/prometheus/latest/http_sd/ */
const listSchema = z.array(
  z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()).default({}) }),
);

/** Targets of all lists together; what is listed beyond is not scraped. */
export const targetsMax = 500;
const lookEveryMsMax = 2_000;
const answerWithinMs = 2_000;

/** Scrapes what the lists name. A list that does not answer, or not well, stays as it was. */
export function followTargetLists(parts: TargetListsParts): { stop(): Promise<void> } {
  const { config, intervalMs, logger, isKnown, start } = parts;
  const loops = new Map<string, ScrapeLoop>();
  const lists = config.targetLists.map(() => new Map<string, Service>());
  let looking: Promise<void> | undefined;
  const look = async () => {
    await Promise.all(
      config.targetLists.map(async ({ endpoint, path }, index) => {
        const base = addressOf(config, endpoint);
        const found = base === undefined ? undefined : await readList(`${base}${path}`);
        if (found !== undefined) lists[index] = found;
      }),
    );
    const wanted = new Map(lists.flatMap((list) => [...list]).slice(0, targetsMax));
    for (const instance of wanted.keys()) if (isKnown(instance)) wanted.delete(instance);
    const ending = [...loops].filter(([instance]) => !wanted.has(instance));
    for (const [instance, loop] of ending) {
      loops.delete(instance);
      logger.info('target left', { instance });
      await loop.end();
    }
    for (const [instance, service] of wanted) {
      if (loops.has(instance)) continue;
      logger.info('target found', { instance, service: service.name });
      loops.set(instance, start(service));
    }
  };
  const tick = () => void (looking ??= look().finally(() => (looking = undefined)));
  const timer = setInterval(tick, Math.min(intervalMs, lookEveryMsMax));
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
    },
  };
}

async function readList(url: string): Promise<Map<string, Service> | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) });
    if (!response.ok) return undefined;
    const groups = listSchema.parse(await response.json());
    return new Map(
      groups.flatMap(({ targets, labels }) =>
        targets.map((target) => [target, serviceOf(target, labels)] as const),
      ),
    );
  } catch {
    // Away, or not a list: the last known one goes on.
    return undefined;
  }
}

function serviceOf(target: string, labels: Readonly<Record<string, string>>): Service {
  const name = labels['service'] ?? labels['job'] ?? target;
  const scheme = labels['__scheme__'] ?? 'http';
  return {
    name,
    job: labels['job'] ?? name,
    endpoint: { url: `${scheme}://${target}` },
    metricsPath: labels['__metrics_path__'] ?? '/metrics',
  };
}

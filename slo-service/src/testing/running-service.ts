import type { ConfigInput } from '@sprout/process';
import { z } from 'zod';
import { startPrometheus } from './prometheus-process.ts';
import type { TestPrometheus, WrittenSeries } from './prometheus-process.ts';
import { testConfig } from './test-config.ts';
import type { TestConfig } from './test-config.ts';
import { startTestService } from './test-service.ts';
import type { TestService } from './test-service.ts';

/** A service in this process, beside a Prometheus with samples. */
export interface RunningService extends TestService {
  readonly prometheus: TestPrometheus;
  readonly test: TestConfig;
}

const waitMs = 20_000;

const readySchema = z.object({
  meter: z.object({ lastRead: z.string().nullable(), error: z.string().nullable() }),
});

/** Writes the samples, starts the service and resolves when it has metered them; `key` is a viewer's. */
export async function runningService(
  series: readonly WrittenSeries[],
  input: Partial<ConfigInput> = {},
  key?: string,
  now?: () => number,
): Promise<RunningService> {
  const prometheus = await startPrometheus();
  if (series.length > 0) await prometheus.write(series);
  const telemetry = { ...input.telemetry, prometheus: { url: prometheus.url } };
  const test = testConfig({ ...input, telemetry });
  const service = await startTestService(test, now);
  await untilMetered(service.url, key);
  return {
    ...service,
    prometheus,
    test,
    stop: async () => {
      await service.stop();
      await prometheus.stop();
    },
  };
}

async function untilMetered(url: string, key: string | undefined): Promise<void> {
  const deadline = Date.now() + waitMs;
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  for (;;) {
    const { meter } = readySchema.parse(await (await fetch(`${url}/readyz`, { headers })).json());
    if (meter.lastRead !== null) return;
    if (Date.now() > deadline) throw new Error(`not metered in time: ${JSON.stringify(meter)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

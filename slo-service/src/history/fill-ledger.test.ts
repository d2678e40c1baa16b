import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { promisify } from 'node:util';
import { createLifecycle, createLogger, saveConfig } from '@sprout/process';
import type { Lifecycle } from '@sprout/process';
import { incidentListSchema } from '../incidents/incident.ts';
import { objectiveStatusSchema, seriesSchema } from '../api/schemas.ts';
import { startSloService } from '../start-service.ts';
import { testConfig } from '../testing/test-config.ts';
import type { TestConfig } from '../testing/test-config.ts';

/** A service on a ledger that was filled before it started; its Prometheus is away. */
let test: TestConfig;
let lifecycle: Lifecycle;
let url: string;
let filledMs: number;

before(async () => {
  test = testConfig({ telemetry: { prometheus: { url: 'http://127.0.0.1:9' } } });
  assert.match(await fill(), /30 days of simulated history with \d incidents/);
  filledMs = Date.now();
  const logger = createLogger('slo-service');
  logger.silent = true;
  lifecycle = createLifecycle(logger);
  ({ url } = await startSloService(test.config, logger, lifecycle));
});
after(async () => {
  await lifecycle?.stop();
  test?.dispose();
});

async function fill(): Promise<string> {
  const file = join(test.config.dataDir, 'config.json');
  saveConfig(test.config, file);
  const env = { ...process.env, SPROUT_CONFIG: file };
  const main = join(import.meta.dirname, 'main.ts');
  return (await promisify(execFile)(process.execPath, [main], { env })).stdout;
}

const ask = async (path: string): Promise<unknown> =>
  (await fetch(`${url}/api/v1/objectives/${path}`)).json();

it('budgets say what of their window was simulated', async () => {
  const [first] = test.config.objectives;
  const { budget } = objectiveStatusSchema.parse(await ask(first?.id ?? ''));
  assert.ok(budget.valid > 100_000 && budget.bad > 0);
  assert.ok(budget.simulated !== undefined);
  const minuteMs = 60_000;
  assert.ok(Math.abs(Date.parse(budget.simulated.to) - filledMs) <= 2 * minuteMs);
  const lengthMs = Date.parse(budget.simulated.to) - Date.parse(budget.simulated.from);
  assert.ok(lengthMs > 29 * 86_400_000);
});

it('points and incidents are marked, those of the present are not', async () => {
  const id = test.config.objectives.find(({ pages }) => pages)?.id ?? '';
  const hours = (count: number) => new Date(filledMs + count * 3_600_000).toISOString();
  const range = `from=${hours(-24)}&to=${hours(24)}&step=1h`;
  const { points } = seriesSchema.parse(await ask(`${id}/series?${range}`));
  assert.equal(points[0]?.simulated, true);
  assert.equal(points.at(-1)?.simulated, undefined);
  const listed = await ask(`${id}/incidents?from=${hours(-29 * 24)}&to=${hours(0)}`);
  const { items } = incidentListSchema.parse(listed);
  assert.ok(items.length > 0 && items.every(({ simulated }) => simulated === true));
});

it('a ledger that measures is left as it is', async () => {
  assert.match(await fill(), /has measured already/);
});

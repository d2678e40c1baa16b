import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { promisify } from 'node:util';
import { saveConfig } from '@sprout/process';
import { incidentListSchema } from '../incidents/incident.ts';
import { objectiveStatusSchema, seriesSchema } from '../api/schemas.ts';
import { testConfig } from '../testing/test-config.ts';
import type { TestConfig } from '../testing/test-config.ts';
import { startTestService } from '../testing/test-service.ts';
import type { TestService } from '../testing/test-service.ts';

/** A service on a ledger that was filled before it started; its Prometheus is away. */
let test: TestConfig;
let service: TestService;
let filledMs: number;

before(async () => {
  test = testConfig({ telemetry: { prometheus: { url: 'http://127.0.0.1:9' } } });
  assert.match(await fill(), /30 days of simulated history with \d incidents/);
  filledMs = Date.now();
  service = await startTestService(test);
});
after(async () => {
  await service?.stop();
});

async function fill(): Promise<string> {
  const file = join(test.config.dataDir, 'config.json');
  saveConfig(test.config, file);
  const env = { ...process.env, SPROUT_CONFIG: file };
  const main = join(import.meta.dirname, 'main.ts');
  return (await promisify(execFile)(process.execPath, [main], { env })).stdout;
}

const ask = async (path: string): Promise<unknown> =>
  (await fetch(`${service.url}/api/v1/objectives/${path}`)).json();

const promise = () => test.config.objectives.find(({ pages }) => pages)?.id ?? '';

/** The month that most of the history lies in. */
const lastMonth = () => `month=${new Date(filledMs - 5 * 86_400_000).toISOString().slice(0, 7)}`;

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
  const id = promise();
  const hours = (count: number) => new Date(filledMs + count * 3_600_000).toISOString();
  const range = `from=${hours(-24)}&to=${hours(24)}&step=1h`;
  const { points } = seriesSchema.parse(await ask(`${id}/series?${range}`));
  assert.equal(points[0]?.simulated, true);
  assert.equal(points.at(-1)?.simulated, undefined);
  const listed = await ask(`${id}/incidents?from=${hours(-29 * 24)}&to=${hours(0)}`);
  const { items } = incidentListSchema.parse(listed);
  assert.ok(items.length > 0 && items.every(({ simulated }) => simulated === true));
});

it('whatever shows some of it says so', async () => {
  const id = promise();
  const read = async (path: string) => (await fetch(service.url + path)).text();
  const first = new Date(filledMs - 25 * 86_400_000).toISOString();
  const marks: readonly (readonly [path: string, mark: RegExp])[] = [
    ['/status', /<p class="note">Simulated: what stands here from/],
    ['/status', /<li class="\w+ simulated" title="[^"]+\(simulated\)">/],
    ['/status?lang=ko', /<p class="note">모의 데이터: /],
    [`/badge/${id}.svg`, /<title>[^<]+ · partly simulated</],
    [`/api/v1/objectives/${id}/burn-rates`, /"window":"3d",[^}]+"simulated":true/],
    [`/api/v1/objectives/${id}/slices?from=${first}&limit=2`, /"simulated":true/],
    [`/api/v1/objectives/${id}/what-if?target=0.9`, /"asked":.+"simulated":\{/],
    [`/api/v1/reports/${id}?format=csv&${lastMonth()}`, /,simulated\r\n[^]*,true\r\n/],
    [`/api/v1/reports/${id}?format=html&${lastMonth()}`, /<td>\d{4}-\d\d-\d\d \(simulated\)</],
  ];
  for (const [path, mark] of marks) assert.match(await read(path), mark, path);
  for (const path of ['/status.atom', '/status.rss']) {
    const titles = (await read(path)).match(/<title[^>]*>[^]*?<\/title>/g)?.slice(1) ?? [];
    assert.ok(titles.length > 0, path);
    for (const title of titles) assert.match(title, /\((simulated|모의)\) /, path);
  }
});

it('what alerts and policies go by counts none of it', async () => {
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(metrics, /^slo_target_ratio\{/m);
  assert.doesNotMatch(metrics, /^slo_(compliance_ratio|budget_left_ratio|burn_rate)\{/m);
});

it('a ledger that measures is left as it is', async () => {
  assert.match(await fill(), /has measured already/);
});

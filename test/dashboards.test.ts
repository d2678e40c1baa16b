import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { queriesFor } from '@sprout/dashboards-as-code';
import { readRunFile } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { parseExposition } from '@sprout/wire';
import type { Locator } from 'playwright-core';
import { z } from 'zod';
import { startBrowser } from './browser.ts';
import { getJson, hasData } from './public-apis.ts';
import { startTestStack } from './stack.ts';
import type { TestStack } from './stack.ts';

/** No panel is ever empty, and what is measured is in a catalogue: on a running stack. */
let stack: TestStack;
const models = mkdtempSync(join(tmpdir(), 'sprout-models-'));

before(async () => {
  stack = await startTestStack({ timeScale: 5, dashboardsDir: models });
});
after(async () => {
  await stack?.stop();
  rmSync(models, { recursive: true });
});

/** A few queries at a time: one by one they would take longer than the stack to fill. */
const askedAtOnceMax = 8;
const turns = Array.from({ length: askedAtOnceMax }, () => Promise.resolve<unknown>(undefined));
let next = 0;
function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const turn = next++ % askedAtOnceMax;
  const result = (turns[turn] ?? Promise.resolve()).then(task);
  turns[turn] = result.catch(() => undefined);
  return result;
}

test('every panel of every generated dashboard returns data', async () => {
  await announceDeploys();
  const queries = queriesFor(stack.config);
  assert.ok(queries.length > 200, `only ${queries.length} queries`);
  let waiting = queries;
  await eventually(
    'all panels have data',
    async () => {
      // What may be empty must be a query that the engine understands nevertheless.
      const found = await Promise.all(waiting.map((query) => inTurn(() => hasData(stack, query))));
      waiting = waiting.filter(({ mayBeEmpty }, index) => !found[index] && !mayBeEmpty);
      return waiting.length === 0 || undefined;
    },
    240_000,
    // The list of empty panels says more than that the time is over.
  ).catch((error: unknown) => assert.ok(String(error).includes('all panels'), String(error)));
  assert.deepEqual(
    waiting.map(({ dashboard, panel, expr }) => `${dashboard} / ${panel}: ${expr}`),
    [],
  );
});

/** Of one service that boards are about, and of all. */
async function announceDeploys(): Promise<void> {
  for (const service of ['mariadb', null]) {
    const response = await fetch(`${stack.url('slo-service')}/api/v1/annotations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'a deploy', by: 'test', service }),
    });
    assert.equal(response.status, 201, await response.text());
  }
}

/** Services of others: their catalogues name a part of what they expose. */
const others = ['mariadb', 'redis', 'node', 'blackbox', 'prometheus', 'alertmanager'];

/** Written by the collector for every target, not exposed by one. */
const ofScraping = ['up', 'scrape_duration_seconds', 'scrape_samples_scraped'];

/** The collector counts the lines of a log signal by the service that wrote them. */
const countedLines = { type: 'counter', labels: { log_service: 'any' } } as const;

interface Exposed {
  readonly type: string;
  readonly labels: Set<string>;
}

async function exposedBy(service: string): Promise<Map<string, Exposed>> {
  const url = readRunFile(stack.config, service)?.addresses['http'];
  const response = await fetch(`${url}/metrics`);
  const text = await response.text();
  const families = parseExposition(text, response.headers.get('content-type') ?? '');
  return new Map(
    families.map(({ name, type, samples }) => {
      const whole = type === 'counter' && !name.endsWith('_total') ? `${name}_total` : name;
      const labels = samples.flatMap((sample) => sample.labels.map(([label]) => label));
      return [whole, { type, labels: new Set(labels.filter((label) => !hidden.has(label))) }];
    }),
  );
}

const hidden = new Set(['__name__', 'le']);

test('what our services expose is in the catalogues, and the catalogues are exposed', async () => {
  const own = stack.config.services
    .map(({ name }) => name)
    .filter((name) => !others.includes(name));
  const metrics = new Map(
    stack.config.signals.map((signal) => [
      signal.name,
      signal.kind === 'metric' ? signal : { ...signal, ...countedLines },
    ]),
  );
  const wrong: string[] = [];
  const seen = new Set(ofScraping);
  for (const service of own) {
    for (const [name, { type, labels }] of await exposedBy(service)) {
      seen.add(name);
      const signal = metrics.get(name);
      if (signal === undefined || !['any', service].includes(signal.owner)) {
        wrong.push(`${service} exposes ${name}, which no catalogue has for it`);
        continue;
      }
      if (signal.type !== type) wrong.push(`${service}: ${name} is a ${type}`);
      const unknown = [...labels].filter((label) => !(label in signal.labels));
      if (unknown.length > 0) wrong.push(`${service}: ${name} has labels ${unknown.join(', ')}`);
    }
  }
  const owners = new Set(['any', ...own]);
  const unseen = [...metrics.values()]
    .filter(({ owner, name }) => owners.has(owner) && !seen.has(name))
    .map(({ owner, name }) => `${owner} does not expose ${name}`);
  assert.deepEqual([...wrong, ...unseen], []);
});

test('what the catalogues say of exporters, Prometheus and Alertmanager is there', async () => {
  const signals = stack.config.signals.filter(({ owner }) => others.includes(owner));
  assert.ok(signals.length > 100);
  const missing = async () => {
    const answer = await getJson(`${stack.url('prometheus')}/api/v1/label/__name__/values`);
    const names = new Set(z.object({ data: z.array(z.string()) }).parse(answer).data);
    return signals
      .map(({ name }) => name)
      .filter((name) => !names.has(name) && !names.has(`${name}_count`));
  };
  await eventually(
    'all are there',
    async () => (await missing()).length === 0 || undefined,
    60_000,
  ).catch(() => undefined);
  assert.deepEqual(await missing(), []);
});

const root = join(import.meta.dirname, '..');

/** `sprout dashboards preview …` for the running stack. */
function preview(...more: readonly string[]) {
  const env = { ...process.env, SPROUT_CONFIG: join(stack.config.dataDir, 'config.json') };
  const child = spawn(process.execPath, [join(root, 'cli.ts'), 'dashboards', 'preview', ...more], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (said += text));
  const ended = once(child, 'close').then(([code]) => Number(code));
  return { said: () => said, ended, stop: () => child.kill('SIGINT') };
}

test('preview --once writes the models, says which, and once more finds nothing to do', async () => {
  const first = preview('--once');
  assert.equal(await first.ended, 0);
  assert.match(first.said(), /^home, .*gateway, .* \(\d+\.\d s\)\n$/);
  const again = preview('--once');
  assert.equal(await again.ended, 0);
  assert.equal(again.said(), '');
});

/** A second on a machine that has nothing else to do; this one may run other tests. */
const reloadMsMax = 5000;

test('preview shows a board over real data, follows its files and sources, and leads to traces', async (t) => {
  const shownAfter = (what: string, ms: number) => {
    t.diagnostic(`${what} shows after ${Math.round(ms)} ms`);
    assert.ok(ms < reloadMsMax, `${what} shows after ${Math.round(ms)} ms`);
  };
  const running = preview('gateway');
  const browser = await startBrowser();
  try {
    const url = await eventually('its address', () => /http\S+live=1/.exec(running.said())?.[0]);
    const page = await browser.open(url);
    const durations = page.locator('.panel', {
      has: page.getByRole('heading', { name: 'Percentiles', exact: true }),
    });
    await drawn(durations, durations.locator('canvas'));
    const title = page.getByRole('heading', { level: 1 });
    assert.equal(await title.textContent(), 'Gateway');

    const file = join(models, 'gateway.json');
    const editedMs = performance.now();
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"title": "Gateway"', '"title": "Edited"'),
    );
    await page.getByRole('heading', { level: 1, name: 'Edited' }).waitFor();
    shownAfter('an edited file', performance.now() - editedMs);
    const touchedMs = performance.now();
    // Any source of dashboards: its time changes, its text does not.
    utimesSync(join(root, 'sprout.config.ts'), new Date(), new Date());
    await page.getByRole('heading', { level: 1, name: 'Gateway' }).waitFor();
    shownAfter('an edited source', performance.now() - touchedMs);
    assert.match(running.said(), /^gateway \(\d+\.\d s\)$/m);

    const highest = durations.getByRole('link', { name: /^Trace of the highest/ });
    await drawn(durations, highest);
    await highest.click();
    await page.waitForURL(/\/trace\/[0-9a-f]{32}/);
    await page.getByText('gateway').first().waitFor();
  } finally {
    running.stop();
    await browser.close();
  }
  assert.equal(await running.ended, 0);
});

/** Waits for a part of a panel: others above that are answered push it off the screen, where it asks for nothing. */
async function drawn(panel: Locator, part: Locator): Promise<void> {
  await eventually('the panel is drawn', async () => {
    await panel.scrollIntoViewIfNeeded();
    return (await part.count()) > 0;
  });
}

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { burnRatePairs, windowSeconds } from '@sprout/objectives';
import { addressOf, publishRunFile, startStack, timing } from '@sprout/process';
import type { Stack } from '@sprout/process';
import { z } from 'zod';
import { alertsProcesses } from './processes.ts';
import { startWriter } from './testing/remote-writer.ts';
import { withObjectives } from './testing/config.ts';
import { listenForNotifications } from './testing/webhook.ts';

/** An hour of windows takes a minute. */
const timeScale = 60;
/** Good traffic that is written at once; some seconds more pass until Alertmanager is known. */
const historyMs = 7000;
const outage = { fast: 0, late: 0, failed: 40 };
const healthy = { fast: 40, late: 0, failed: 0 };

const route = 'product';
const config = {
  ...withObjectives('product-availability', 'product-latency', 'product-db'),
  timeScale,
  dataDir: mkdtempSync(join(tmpdir(), 'sprout-detection-')),
  ports: {},
};
type Running = Awaited<ReturnType<typeof start>>;
let running: Running;

before(async () => {
  running = await start();
});
after(async () => {
  await running?.stop();
  rmSync(config.dataDir, { recursive: true, force: true });
});

test('an outage of a young stack pages once, as early as computed, and the page resolves', async (context) => {
  const { gateway, webhook } = running;
  await eventually('Prometheus knows Alertmanager', async () => {
    const { activeAlertmanagers } = await prometheus('alertmanagers');
    return activeAlertmanagers.length > 0 || undefined;
  });

  gateway.change(outage);
  const outageMs = Date.now();
  const page = await notification('firing');
  const expectedMs = detectionMs(outageMs - gateway.bornMs);
  const tookMs = page.atMs - outageMs;
  context.diagnostic(`paged after ${tookMs} ms, computed ${Math.round(expectedMs)} ms`);
  assert.ok(
    tookMs > expectedMs - 500 && tookMs < expectedMs + 4000,
    `paged after ${tookMs} ms, computed ${Math.round(expectedMs)} ms`,
  );
  assert.equal(page.path, '/api/v1/alertmanager');
  assert.deepEqual(page.groupLabels, { page_group: 'route-product', severity: 'page' });

  // Availability and latency fail together, and are told in one group.
  const both = await eventually('one page with both objectives', () =>
    webhook.received.find(({ alerts }) => objectivesOf(alerts).length === 2),
  );
  assert.deepEqual(objectivesOf(both.alerts), ['product-availability', 'product-latency']);
  const [alert] = both.alerts;
  assert.ok(Number(alert?.annotations['burn_rate']) > 14.4, alert?.annotations['burn_rate']);
  assert.equal(alert?.annotations['window'], '1h');

  // The database behind the route burns as well; its ticket stays silent beside the page.
  await eventually(
    'the cause fires',
    async () => (await firing()).includes('product-db') || undefined,
  );
  gateway.change(healthy);
  const recoveredMs = Date.now();
  const resolved = await notification('resolved');
  // 14.4 % of the short window may still be bad when the alert ends.
  const shortMs = timing(timeScale).scaled(300) * 1000;
  const whileBurning = webhook.received.filter(({ atMs }) => atMs < recoveredMs + 0.7 * shortMs);
  const told = whileBurning.flatMap(({ alerts }) => objectivesOf(alerts));
  assert.deepEqual([...new Set(told)].toSorted(), ['product-availability', 'product-latency']);
  assert.ok(resolved.atMs - recoveredMs > 0.7 * shortMs - 500, 'not before the window recovered');
  assert.ok(resolved.atMs - recoveredMs < shortMs + 6000, 'soon after the window recovered');

  await eventually('the watchdog', () =>
    webhook.received.find(({ receiver }) => receiver === 'watchdog'),
  );
});

/**
 * When the first pair fires after `ageMs` of good traffic at the same rate: the bad fraction of
 * everything measured so far, and of the short window, must pass factor · (1 − target). Then
 * come half a scrape and half an evaluation on average, and the wait for the group.
 */
function detectionMs(ageMs: number): number {
  const [objective] = config.objectives;
  assert.ok(objective);
  const [pair] = burnRatePairs(windowSeconds(objective.window));
  assert.ok(pair);
  const { scaled, scrapeIntervalMs, evaluationIntervalMs } = timing(timeScale);
  const fraction = pair.factor * (1 - objective.target);
  const longMs = Math.min(ageMs, scaled(pair.longSeconds) * 1000);
  const ofLong = (fraction * longMs) / (1 - fraction);
  const ofShort = fraction * scaled(pair.shortSeconds) * 1000;
  const groupWaitMs = 1000;
  return Math.max(ofLong, ofShort) + (scrapeIntervalMs + evaluationIntervalMs) / 2 + groupWaitMs;
}

async function start() {
  const webhook = await listenForNotifications();
  publishRunFile(config, {
    name: 'slo-service',
    pid: process.pid,
    addresses: { http: webhook.url },
  });
  const stack: Stack = await startStack(alertsProcesses(), config);
  const url = `${addressOf(config, config.telemetry.prometheus)}${config.telemetry.remoteWritePath}`;
  const everyMs = timing(timeScale).scrapeIntervalMs;
  const gateway = await startWriter({ url, route, everyMs, historyMs }, healthy);
  return {
    webhook,
    gateway,
    stop: async () => {
      await gateway.close();
      await stack.stop();
      webhook.close();
    },
  };
}

/** Objectives whose alerts fire in Prometheus, told or not. */
async function firing(): Promise<string[]> {
  return objectivesOf((await prometheus('alerts')).alerts);
}

async function prometheus(path: string) {
  const url = addressOf(config, config.telemetry.prometheus);
  return answerSchema.parse(await (await fetch(`${url}/api/v1/${path}`)).json()).data;
}

const answerSchema = z.object({
  data: z.object({
    alerts: z.array(z.object({ labels: z.record(z.string(), z.string()) })).default([]),
    activeAlertmanagers: z.array(z.unknown()).default([]),
  }),
});

const objectivesOf = (alerts: readonly { labels: Record<string, string> }[]): string[] =>
  alerts.flatMap(({ labels }) => labels['objective'] ?? []).toSorted();

const notification = (status: 'firing' | 'resolved') =>
  eventually(`a page that is ${status}`, () =>
    running.webhook.received.find(
      (one) => one.status === status && one.groupLabels['severity'] === 'page',
    ),
  );

async function eventually<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await probe();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`waited a minute for ${what}`);
}

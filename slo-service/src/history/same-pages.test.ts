import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { timing } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { openAnnotationStore } from '../annotations/annotation-store.ts';
import { objectiveStatusSchema, pageSchema } from '../api/schemas.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { minuteClock } from '../status/minute-clock.ts';
import { startPrometheus } from '../testing/prometheus-process.ts';
import type { TestPrometheus, WrittenSeries } from '../testing/prometheus-process.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testConfig } from '../testing/test-config.ts';
import { startTestService } from '../testing/test-service.ts';
import { startWebhook } from '../testing/webhook.ts';
import type { TestWebhook } from '../testing/webhook.ts';
import { fillLedger } from './fill-ledger.ts';
import { openSimulationStore } from './simulation-store.ts';

const timeScale = 60;
const { minuteMs } = timing(timeScale);
const [calmMinutes, failingMinutes, minutes] = [6, 4, 16];
const id = 'shop-availability';
/** Reading a minute takes a fraction of a second. */
const readMsMax = 20_000;

let prometheus: TestPrometheus;
let filled: Shop;
let bare: Shop;
/** The clock of both services stands still between two minutes. */
let nowMs: number;

before(async () => {
  prometheus = await startPrometheus();
  const [withHistory, without] = [await startWebhook(), await startWebhook()];
  [filled, bare] = [shop(withHistory), shop(without)];
  nowMs = Math.floor(Date.now() / minuteMs) * minuteMs;
  await fillWithHistory(filled);
  await prometheus.write(liveSeries(nowMs));
  for (const one of [filled, bare]) await one.start();
});
after(async () => {
  for (const one of [filled, bare]) await one?.stop();
  await prometheus?.stop();
});

it('the same live series page, call and cost the same at the same minutes, with simulated history before them or without', async () => {
  const leftByMinute: (number | undefined)[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    nowMs += minuteMs;
    const alike = async () => {
      const [one, other] = [await filled.figures(), await bare.figures()];
      return one === other ? one : undefined;
    };
    const figures = await eventually(`minute ${minute} is told alike`, alike, readMsMax);
    leftByMinute.push(budgetLeftIn(figures));
    assert.deepEqual(await filled.called(), await bare.called(), `calls until minute ${minute}`);
  }
  const failedAt = leftByMinute.findIndex((left) => left !== undefined && left < 0);
  assert.ok(failedAt >= calmMinutes, `a budget that is used up fires: ${leftByMinute.join(' ')}`);
  assert.equal((await bare.called()).length, 1, 'and a policy calls');
  assert.deepEqual(await filled.pagedFor(), await bare.pagedFor());
  assert.ok((await filled.budget()).simulated, 'people are shown the history');
  assert.ok((await filled.budget()).valid > 10 * (await bare.budget()).valid);
});

type Shop = ReturnType<typeof shop>;

/** A service of its own over the same Prometheus. */
function shop(hook: TestWebhook) {
  const test = testConfig({
    timeScale,
    telemetry: { prometheus: { url: prometheus.url } },
    policies: [{ name: 'freeze', leftBelow: 0.5, url: hook.url, objectives: [id] }],
  });
  let url = '';
  let stop = test.dispose;
  const ask = async (path: string, init?: RequestInit): Promise<unknown> =>
    (await fetch(`${url}/api/v1/${path}`, init)).json();
  return {
    config: test.config,
    start: async () => {
      ({ url, stop } = await startTestService(test, () => nowMs));
    },
    /** What Prometheus gets of the ledger, once the present minute is read. */
    figures: async () => {
      const ready = readySchema.parse(await (await fetch(`${url}/readyz`)).json());
      if (ready.meter.lastRead !== new Date(nowMs).toISOString()) return undefined;
      const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
      return lines.filter((line) => line.startsWith('slo_')).join('\n');
    },
    called: async () => z.array(callSchema).parse(hook.received),
    budget: async () => objectiveStatusSchema.parse(await ask(`objectives/${id}`)).budget,
    /** What a page says that is told of now. */
    pagedFor: async () => {
      const { page } = pagedSchema.parse(await ask('alertmanager', notification()));
      const { dashboardUrl: _own, ...said } = pageSchema.parse(await ask(`alerts/${page}`));
      return said;
    },
    stop: async () => {
      await stop();
      await hook.close();
    },
  };
}

const readySchema = z.object({ meter: z.object({ lastRead: z.string().nullable() }) });
/** Ids of calls are drawn. */
const callSchema = z.object({ objective: z.string(), at: z.string(), left: z.number() });
const pagedSchema = z.object({ page: z.string() });

/** As `./sprout up --with-history` does. */
async function fillWithHistory({ config }: Shop): Promise<void> {
  const directory = join(config.dataDir, 'slo-service');
  const ledger = openSqliteLedger(join(directory, 'ledger.sqlite'));
  const records = openSqliteRecords(join(directory, 'records.sqlite'));
  const simulation = await openSimulationStore(records);
  const annotations = await openAnnotationStore(records);
  const objectives = config.objectives.map(({ sli, ...own }) => ({ ...own, kind: sli.kind }));
  const clock = minuteClock(timing(timeScale));
  await fillLedger({ ledger, simulation, annotations }, objectives, clock, nowMs);
  await records.close();
  await ledger.close();
}

/** Everything fails for a while; as many scrapes a minute as ever, in minutes of the compressed clock. */
function liveSeries(fromMs: number): WrittenSeries[] {
  const untilMs = fromMs + minutes * 60_000;
  const isFailing = (scrape: number) =>
    scrape >= calmMinutes * 4 && scrape < (calmMinutes + failingMinutes) * 4;
  const series = shopSeries({
    untilMs,
    minutes,
    ok: (scrape) => (isFailing(scrape) ? 0 : 50),
    failed: (scrape) => (isFailing(scrape) ? 50 : 0),
  });
  const at = (timeMs: number) => fromMs + (timeMs - fromMs) / timeScale;
  return series.map(({ labels, samples }) => ({
    labels,
    samples: samples.map(({ timestampMs, value }) => ({
      timestampMs: at(timestampMs),
      value: labels['__name__'] === 'process_start_time_seconds' ? at(value * 1000) / 1000 : value,
    })),
  }));
}

function budgetLeftIn(figures: string): number | undefined {
  const [, left] =
    /^slo_budget_left_ratio\{objective="shop-availability"\} (.*)$/m.exec(figures) ?? [];
  return left === undefined ? undefined : Number(left);
}

function notification(): RequestInit {
  const alert = {
    status: 'firing',
    labels: {
      alertname: 'ErrorBudgetBurnFast',
      severity: 'page',
      objective: id,
      page_group: 'shop',
    },
    annotations: { summary: 'The shop fails' },
    startsAt: new Date(nowMs).toISOString(),
  };
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version: '4', groupKey: 'shop', status: 'firing', alerts: [alert] }),
  };
}

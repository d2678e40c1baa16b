import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { availability, objective, rolling } from '@sprout/objectives';
import { counter, noPanel } from '@sprout/signals';
import type { WrittenSeries } from '../testing/prometheus-process.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { explanationSchema } from './explanation.ts';

const scrapeMs = 15_000;
const minutes = 60;
const scrapes = minutes * 4;
/** Scrapes are in the middle of their quarter of a minute. */
const endMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
const at = (scrape: number) => endMs - (scrapes - scrape) * scrapeMs + 7_000;

const steady = (scrape: number) => 100 + scrape;
/** What each shop shows at each scrape; null where nothing was scraped. */
const shops: Readonly<Record<string, (scrape: number) => number | null>> = {
  steady,
  /** Fifty at its first scrape, while its target has been up for long. */
  newborn: (scrape) => (scrape < 200 ? null : 50 + scrape - 200),
  /** One sample of another replica, say: the process did not restart. */
  reset: (scrape) => (scrape === 210 ? 3 : steady(scrape)),
  /** Nothing for the two minutes around the begin of the window. */
  gap: (scrape) => (scrape > 175 && scrape < 184 ? null : steady(scrape) * 4),
};

const promises = Object.keys(shops).map((name) => {
  const requests = counter(`${name}_requests_total`, {
    help: 'Requests.',
    owner: 'shop',
    labels: { outcome: ['ok', 'failed'] },
    panel: noPanel(),
    noAlert: 'a test',
  });
  return {
    requests,
    promise: objective(name, {
      owner: 'shop',
      target: 0.99,
      window: rolling('7d'),
      sli: availability(requests.where({}), { bad: requests.where({ outcome: 'failed' }) }),
    }),
  };
});

let service: RunningService;

before(async () => {
  const labels = { job: 'shop', service: 'shop', instance: 'shop:1' };
  const series = (name: string, valueAt: (scrape: number) => number | null): WrittenSeries => ({
    labels: { __name__: name, ...labels, ...(name.endsWith('_total') && { outcome: 'ok' }) },
    samples: Array.from({ length: scrapes }, (_, scrape) => ({
      timestampMs: at(scrape),
      value: valueAt(scrape),
    })).flatMap(({ timestampMs, value }) => (value === null ? [] : [{ timestampMs, value }])),
  });
  const written = [
    series('up', () => 1),
    series('process_start_time_seconds', () => at(0) / 1000 - 3600),
    ...Object.entries(shops).map(([name, valueAt]) => series(`${name}_requests_total`, valueAt)),
  ];
  service = await runningService(written, {
    signals: promises.map(({ requests }) => requests),
    objectives: promises.map(({ promise }) => promise),
  });
});

after(() => service.stop());

/** The last quarter of an hour. */
async function explained(id: string) {
  const query = new URLSearchParams({ at: new Date(endMs).toISOString(), window: '15m' });
  const response = await fetch(`${service.url}/api/v1/objectives/${id}/explain?${query}`);
  const text = await response.text();
  const explanation = explanationSchema.parse(JSON.parse(text));
  const sum = explanation.causes.reduce((total, { valid }) => total + valid, 0);
  assert.ok(Math.abs(sum - explanation.difference.valid) < 1e-6, text);
  const of = (cause: string) => explanation.causes.find((one) => one.cause === cause)?.valid ?? 0;
  return { ...explanation, of };
}

it('the edges of a window: increase() extrapolates, the ledger counts what was shown', async () => {
  const { ledger, promql, causes, summary } = await explained('steady');
  assert.equal(ledger.valid, 60);
  assert.ok(Math.abs(promql.valid - 60) < 1);
  assert.ok(causes.every(({ cause }) => cause === 'extrapolation'));
  assert.match(summary, /same|edges of the window/);
});

it('the first value of a new series', async () => {
  const { ledger, of, causes } = await explained('newborn');
  assert.equal(ledger.valid, 50 + 39);
  assert.equal(of('newborn'), 50);
  assert.equal(causes[0]?.cause, 'newborn');
});

it('a counter that went back without a restart', async () => {
  const { ledger, promql, of, causes } = await explained('reset');
  assert.equal(ledger.valid, 60);
  assert.ok(promql.valid > 300);
  assert.ok(of('reset') < -290);
  assert.equal(causes[0]?.cause, 'reset');
});

it('scrapes that were missed at the begin of the window', async () => {
  const { of, causes } = await explained('gap');
  assert.ok(of('gap') > 10, String(of('gap')));
  assert.equal(causes[0]?.cause, 'gap');
});

it('what is excluded', async () => {
  const instant = (minute: number) => new Date(endMs - minute * 60_000).toISOString();
  await fetch(`${service.url}/api/v1/exclusions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      objectives: ['steady'],
      when: { kind: 'once', from: instant(10), to: instant(5) },
      reason: 'a test',
      by: 'test',
    }),
  });
  const { of, causes } = await explained('steady');
  assert.equal(of('excluded'), -20);
  assert.equal(causes[0]?.cause, 'excluded');
});

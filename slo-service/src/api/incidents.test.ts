import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { incidentListSchema } from '../incidents/incident.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';

const minutes = 40;
const untilMs = Math.floor(Date.now() / 60_000) * 60_000;
/** Half of the requests fail for five minutes that ended ten minutes ago. */
const outage = { from: untilMs - 15 * 60_000, to: untilMs - 10 * 60_000 };
let service: RunningService;

before(async () => {
  const failing = (scrape: number) => scrape >= (minutes - 15) * 4 && scrape < (minutes - 10) * 4;
  const failed = (scrape: number) => (failing(scrape) ? 50 : 0);
  service = await runningService(shopSeries({ untilMs, minutes, ok: () => 50, failed }));
});

after(() => service.stop());

async function incidents(query: string) {
  const path = `/api/v1/objectives/shop-availability/incidents?${query}`;
  return incidentListSchema.parse(await (await fetch(service.url + path)).json());
}

it('an outage is an incident, and the page that began within it its detection', async () => {
  const startsAt = new Date(outage.from + 120_000).toISOString();
  const endsAt = new Date(outage.to).toISOString();
  const labels = { alertname: 'Burn', severity: 'page', objective: 'shop-availability' };
  for (const status of ['firing', 'resolved'] as const) {
    const alerts = [{ status, labels, annotations: {}, startsAt, endsAt, fingerprint: 'a' }];
    const response = await fetch(`${service.url}/api/v1/alertmanager`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: '4', groupKey: 'g', status, receiver: 'slo', alerts }),
    });
    assert.equal(response.status, 200, await response.text());
  }
  const { items, figures, rule } = await incidents(
    `from=${new Date(outage.from - 86_400_000).toISOString()}`,
  );
  assert.deepEqual(rule, { factor: 10, gapMinutes: 5, badRatioMin: 0.1 });
  assert.equal(items.length, 1);
  const [incident] = items;
  // The first scrape after the begin falls at its very end, so a minute more may touch it.
  assert.ok(Math.abs(Date.parse(incident?.from ?? '') - outage.from) <= 60_000);
  assert.ok(Math.abs(Date.parse(incident?.to ?? '') - outage.to) <= 60_000);
  assert.equal(incident?.bad, 50 * 4 * 5);
  assert.ok(incident?.page);
  assert.ok(Math.abs((figures.mttdSeconds ?? 0) - 120) <= 60);
  assert.equal(figures.detected, 1);
  assert.ok(Math.abs((figures.timeAvailability ?? 0) - 35 / 40) < 0.03);
});

it('the rule can be asked for', async () => {
  assert.equal((await incidents('factor=60')).items.length, 1, 'at most half must fail');
  const before = new Date(outage.from - 120_000).toISOString();
  assert.equal((await incidents(`to=${before}`)).items.length, 0);
  const path = `${service.url}/api/v1/objectives/shop-availability/incidents`;
  assert.equal((await fetch(`${path}?gap=-1`)).status, 400);
  assert.equal((await fetch(`${path}?from=2020-01-01T00:00:00Z`)).status, 400);
});

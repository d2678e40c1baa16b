import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { startStandIn } from '@sprout/grafana/testing';
import type { StandIn } from '@sprout/grafana/testing';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { startAlertmanager } from '../testing/alertmanager-process.ts';
import type { TestAlertmanager } from '../testing/alertmanager-process.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { alertmanagerSilences, silenceAuthor } from './alertmanager-silences.ts';
import { createMuting } from './muting.ts';
import { exclusionSchema } from './exclusion.ts';

let alertmanager: TestAlertmanager;
let service: RunningService;
let grafana: StandIn;
const directory = mkdtempSync(join(tmpdir(), 'sprout-muting-'));
const minutes = 40;

/** Twenty per cent fail from the twentieth minute to the tenth before now. */
before(async () => {
  alertmanager = await startAlertmanager();
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const isBad = (scrape: number) => scrape >= (minutes - 20) * 4 && scrape < (minutes - 10) * 4;
  const failed = (scrape: number) => (isBad(scrape) ? 20 : 0);
  const series = shopSeries({ untilMs, minutes, ok: () => 80, failed });
  const telemetry = { alertmanager: { url: alertmanager.url } };
  grafana = await startStandIn();
  const tokenFile = join(directory, 'token');
  writeFileSync(tokenFile, `${grafana.token}\n`);
  const alerts = { grafana: { silences: { url: `${grafana.url}/`, tokenFile } } };
  service = await runningService(series, { telemetry, alerts });
});

after(async () => {
  await service.stop();
  await alertmanager.stop();
  await grafana.close();
  rmSync(directory, { recursive: true, force: true });
});

const silences = () => alertmanagerSilences({ address: () => alertmanager.url });
const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${service.url}/api/v1/exclusions${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: (await response.json()) as unknown };
}

const create = async (when: unknown, objectives: readonly string[] | null) => {
  const body = { objectives, when, reason: 'planned move', by: 'ana' };
  return exclusionSchema.parse((await ask('POST', '', body)).answer);
};
const revoke = (id: string) => ask('DELETE', `/${id}?by=ana&reason=not+any+more`);

it('a planned exclusion is a silence of its objectives, until it is revoked', async () => {
  const [from, to] = [soon(2), soon(3)];
  const { id } = await create({ kind: 'once', from, to }, ['shop-availability', 'shop-latency']);
  const [silence, ...more] = await silences().list();
  assert.deepEqual(more, []);
  assert.equal(silence?.createdBy, silenceAuthor);
  assert.equal(silence.comment, `exclusion ${id} ${from}/${to}: planned move (ana)`);
  assert.deepEqual([silence.startsAt, silence.endsAt], [from, to]);
  assert.deepEqual(silence.matchers, [
    { name: 'objective', value: 'shop-availability|shop-latency', isRegex: true, isEqual: true },
  ]);
  await revoke(id);
  assert.deepEqual(await silences().list(), []);
});

it('what goes on now is muted at once, what is over is not, and nothing is made twice', async () => {
  const now = await create({ kind: 'once', from: soon(-1), to: soon(1) }, null);
  const past = await create({ kind: 'once', from: soon(-2), to: soon(-1) }, null);
  const [active, ...more] = await silences().list();
  assert.deepEqual(more, []);
  assert.equal(active?.status.state, 'active');
  assert.deepEqual(active.matchers[0]?.value, '.+');
  const another = createMuting({
    inForce: () => [now, past],
    silences: silences(),
    onTrouble: (reason) => assert.fail(String(reason)),
  });
  await another.sync(Date.now());
  assert.deepEqual(
    (await silences().list()).map(({ id }) => id),
    [active.id],
  );
  await revoke(now.id);
  await revoke(past.id);
});

it('the same is silent where Grafana manages the rules, and nothing is made there twice', async () => {
  const wasThere = grafana.silences.list().length;
  const { id } = await create({ kind: 'once', from: soon(2), to: soon(3) }, ['shop-availability']);
  const [there, ...more] = grafana.silences.list().slice(wasThere);
  assert.deepEqual(more, []);
  const [here] = await silences().list();
  for (const key of ['matchers', 'startsAt', 'endsAt', 'createdBy', 'comment'] as const) {
    assert.deepEqual(there?.[key], here?.[key]);
  }
  const next = await create({ kind: 'once', from: soon(4), to: soon(5) }, ['shop-latency']);
  assert.equal(grafana.silences.list().length, wasThere + 2);
  // A Grafana that refuses for once keeps Alertmanager from nothing.
  grafana.failNext(503);
  await revoke(next.id);
  assert.equal((await silences().list()).length, 1);
  await revoke(id);
  assert.ok(grafana.silences.list().every(({ status }) => status.state === 'expired'));
});

it('each occurrence of a weekly exclusion is a silence', async () => {
  const rule = {
    kind: 'weekly',
    days: ['mon', 'thu'],
    at: '03:30',
    minutes: 60,
    zone: 'Asia/Seoul',
  };
  const { id } = await create({ ...rule, from: soon(-1) }, ['shop-availability']);
  const made = await silences().list();
  assert.ok(made.length === 2 || made.length === 3, `${made.length} in eight days`);
  for (const { startsAt, endsAt } of made) {
    assert.match(startsAt, /T18:30:00.000Z$/);
    assert.equal(Date.parse(endsAt) - Date.parse(startsAt), 3_600_000);
  }
  await revoke(id);
  assert.deepEqual(await silences().list(), []);
});

it("another's silence is left alone", async () => {
  const response = await fetch(`${alertmanager.url}/api/v2/silences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      matchers: [{ name: 'objective', value: 'x', isRegex: false, isEqual: true }],
      startsAt: soon(1),
      endsAt: soon(2),
      createdBy: 'ben',
      comment: 'exclusion of another kind',
    }),
  });
  const { silenceID } = (await response.json()) as { silenceID: string };
  const { id } = await create({ kind: 'once', from: soon(1), to: soon(2) }, null);
  await revoke(id);
  const other = await fetch(`${alertmanager.url}/api/v2/silence/${silenceID}`);
  assert.match(await other.text(), /"state":"pending"/);
});

it('an exclusion that is tied to an incident has its bounds, and mutes nothing', async () => {
  const at = new Date(Date.now() - 15 * 60_000).toISOString();
  const when = { kind: 'incident', objective: 'shop-availability', at };
  const made = await create(when, ['shop-availability']);
  assert.equal(made.when.kind, 'incident');
  const { from, to = '', ongoing } = made.when.kind === 'incident' ? made.when : assert.fail();
  const lasted = (Date.parse(to) - Date.parse(from)) / 60_000;
  assert.ok(lasted === 10 || lasted === 11, `${lasted} minutes`);
  assert.equal(ongoing, false);
  assert.deepEqual(await silences().list(), []);
  const none = { ...when, at: new Date(Date.now() - 30 * 60_000).toISOString() };
  const { status, answer } = await ask('POST', '', {
    objectives: null,
    when: none,
    reason: 'nothing there',
    by: 'ana',
  });
  assert.equal(status, 404);
  assert.match(JSON.stringify(answer), /"INCIDENT_UNKNOWN"/);
  await revoke(made.id);
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { objectiveStatusSchema, pageListSchema, pageSchema } from '../api/schemas.ts';
import type { Page } from '../api/schemas.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
let service: RunningService;

before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const series = shopSeries({
    untilMs,
    minutes: 20,
    ok: () => 90,
    failed: () => 10,
    failedTraceId: traceId,
  });
  service = await runningService(series);
});

after(() => service.stop());

const startsAt = new Date(Date.now() - 60_000).toISOString();

function alert(
  objective: string,
  status: 'firing' | 'resolved',
  more: Record<string, string> = {},
) {
  return {
    status,
    labels: {
      alertname: `ErrorBudgetBurn-${objective}`,
      severity: 'page',
      objective,
      page_group: 'shop',
      service: 'shop',
    },
    annotations: {
      summary: `${objective} burns`,
      description: 'Errors came at 10 times the allowed rate.',
      impact: 'Users feel it: requests to the shop fail.',
      first_step: 'Open the dashboard.',
      runbook_url: 'alerts/runbooks/ErrorBudgetBurn.md',
      dashboard_url: `/objective/${objective}`,
      burn_rate: '10.00',
      threshold: '6',
      window: '6h',
      ...more,
    },
    startsAt,
    endsAt: status === 'resolved' ? new Date().toISOString() : '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: objective,
  };
}

async function notify(groupKey: string, status: 'firing' | 'resolved', alerts: unknown[]) {
  const response = await fetch(`${service.url}/api/v1/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      version: '4',
      groupKey,
      status,
      receiver: 'slo-service',
      groupLabels: {},
      commonLabels: {},
      commonAnnotations: {},
      externalURL: '',
      truncatedAlerts: 0,
      alerts,
    }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

async function pages(query = ''): Promise<Page[]> {
  const response = await fetch(`${service.url}/api/v1/alerts${query}`);
  return pageListSchema.parse(await response.json()).items;
}

const only = (list: readonly Page[]): Page => {
  assert.equal(list.length, 1);
  return pageSchema.parse(list[0]);
};

describe('a page', () => {
  it('says what breaks, what it costs, and shows a trace of a bad event', async () => {
    await notify('route:shop', 'firing', [alert('shop-availability', 'firing')]);
    const page = only(await pages());
    assert.equal(page.status, 'firing');
    assert.equal(page.severity, 'page');
    assert.equal(page.pageGroup, 'shop');
    assert.equal(page.title, 'shop-availability burns');
    assert.equal(page.impact, 'Users feel it: requests to the shop fail.');
    assert.equal(page.startedAt, startsAt);
    assert.deepEqual(page.objectives, [
      { id: 'shop-availability', burnRate: 10, threshold: 6, window: '6h' },
    ]);
    assert.equal(page.budgetSpent[0]?.objective, 'shop-availability');
    assert.ok(
      Math.abs((page.budgetSpent[0]?.fraction ?? 0) - 10) < 1e-9,
      '10 % bad of 1 % allowed',
    );
    assert.equal(page.dashboardUrl, `${service.url}/objective/shop-availability`);
    assert.equal(page.exampleTrace?.traceId, traceId);
    assert.equal(page.exampleTrace?.url, `${service.url}/trace/${traceId}`);
  });

  it('puts its objective at risk or worse, by id', async () => {
    const response = await fetch(`${service.url}/api/v1/objectives/shop-availability`);
    const { firing, verdict } = objectiveStatusSchema.parse(await response.json());
    assert.deepEqual(firing, [only(await pages()).id]);
    assert.equal(verdict, 'broken');
  });

  it('is told in the language of its reader, as far as its alert says it', async () => {
    const korean = { summary_ko: '상점이 실패합니다', impact_ko: '주문이 실패합니다.' };
    await notify('route:shop', 'firing', [alert('shop-availability', 'firing', korean)]);
    const { id, title, impact } = only(await pages('?lang=ko'));
    assert.deepEqual([title, impact], [korean.summary_ko, korean.impact_ko]);
    const headers = { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' };
    const response = await fetch(`${service.url}/api/v1/alerts/${id}`, { headers });
    const { summary } = pageSchema.parse(await response.json());
    assert.equal(summary, 'Errors came at 10 times the allowed rate.');
    assert.match(response.headers.get('vary') ?? '', /accept-language/i);
    assert.equal(only(await pages()).title, 'shop-availability burns');
  });

  it('is shared by the alerts of one group', async () => {
    const alerts = [alert('shop-availability', 'firing'), alert('shop-latency', 'firing')];
    await notify('route:shop', 'firing', alerts);
    const page = only(await pages('?status=firing'));
    assert.deepEqual(
      page.objectives.map(({ id }) => id),
      ['shop-availability', 'shop-latency'],
    );
    assert.equal(page.notifications.length, 3);
  });

  it('ends when all of its alerts are resolved', async () => {
    await notify('route:shop', 'firing', [
      alert('shop-availability', 'resolved'),
      alert('shop-latency', 'firing'),
    ]);
    assert.equal(only(await pages()).status, 'firing');
    await notify('route:shop', 'resolved', [alert('shop-latency', 'resolved')]);
    const page = only(await pages());
    assert.equal(page.status, 'resolved');
    assert.ok(Date.parse(page.endedAt ?? '') > Date.parse(page.startedAt));
    assert.deepEqual(
      page.objectives.map(({ id }) => id),
      ['shop-availability', 'shop-latency'],
    );
    assert.deepEqual(
      page.notifications.map(({ status }) => status),
      ['firing', 'firing', 'firing', 'firing', 'resolved'],
    );
    assert.deepEqual(await pages('?status=firing'), []);
  });

  it('is a new one when the group fires again', async () => {
    const later = { ...alert('shop-availability', 'firing'), startsAt: new Date().toISOString() };
    await notify('route:shop', 'firing', [later]);
    const all = await pages();
    assert.equal(all.length, 2);
    assert.deepEqual(
      all.map(({ status }) => status),
      ['firing', 'resolved'],
      'newest first',
    );
    const one = await fetch(`${service.url}/api/v1/alerts/${all[0]?.id}`);
    assert.equal(pageSchema.parse(await one.json()).id, all[0]?.id);
  });

  it('is made of alerts without an objective too', async () => {
    const { annotations, ...rest } = alert('none', 'firing');
    const { objective: _objective, page_group: _group, ...labels } = rest.labels;
    const bare = {
      ...rest,
      labels: { ...labels, severity: 'ticket' },
      annotations: { summary: annotations.summary },
    };
    await notify('signal', 'firing', [bare]);
    const page = (await pages()).find(({ severity }) => severity === 'ticket');
    assert.equal(page?.pageGroup, 'ErrorBudgetBurn-none');
    assert.deepEqual(page?.objectives, []);
    assert.equal(page?.exampleTrace, null);
  });
});

describe('a notification', () => {
  it('of a group that never fired makes no page', async () => {
    const before = await pages();
    assert.deepEqual(await notify('other', 'resolved', [alert('shop-latency', 'resolved')]), {
      page: null,
    });
    assert.equal((await pages()).length, before.length);
  });

  it('of the watchdog shows that alerting works, and is no page', async () => {
    const watchdog = {
      ...alert('none', 'firing'),
      labels: { alertname: 'Watchdog', severity: 'info' },
    };
    assert.deepEqual(await notify('watchdog', 'firing', [watchdog]), { page: null });
    const sources = await (await fetch(`${service.url}/api/v1/sources`)).json();
    const alerting = (sources as { items: { name: string; healthy: boolean }[] }).items.find(
      ({ name }) => name === 'alerting',
    );
    assert.equal(alerting?.healthy, true);
  });

  const bad = {
    'that is no JSON': '{',
    'of another version': '{"version":"5","groupKey":"a","status":"firing","alerts":[]}',
    'without alerts': '{"version":"4","groupKey":"a","status":"firing","alerts":[]}',
    'that is a list': '[]',
    'that is longer than a mebibyte': `{"version":"4","groupKey":"${'a'.repeat(1_100_000)}"}`,
  };
  for (const [name, body] of Object.entries(bad)) {
    it(`${name} is refused`, async () => {
      const response = await fetch(`${service.url}/api/v1/alertmanager`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      assert.ok(response.status === 400 || response.status === 413, String(response.status));
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.match(await response.text(), /"code":"(BODY_INVALID|REQUEST_UNREADABLE)".*"hint"/);
    });
  }
});

it('pages are asked for by stretch, objective and group, and 150 of them are all found', async () => {
  const hour = (count: number) => new Date(Date.UTC(2026, 0, 1, count)).toISOString();
  const pageOf = async (count: number, status: 'firing' | 'resolved') => {
    const one = alert('shop-latency', status);
    const endsAt = status === 'resolved' ? hour(count + 1) : one.endsAt;
    const labels = { ...one.labels, page_group: 'many' };
    await notify(`many:${count}`, status, [{ ...one, labels, startsAt: hour(count), endsAt }]);
  };
  for (let count = 0; count < 150; count += 1) {
    await pageOf(count, 'firing');
    if (count >= 100) await pageOf(count, 'resolved');
  }
  const list = async (query: string) => {
    const response = await fetch(`${service.url}/api/v1/alerts?${query}`);
    return pageListSchema.parse(await response.json());
  };
  const first = await list('group=many&objective=shop-latency&limit=100');
  const rest = await list(`group=many&objective=shop-latency&limit=100&cursor=${first.next}`);
  assert.equal(new Set([...first.items, ...rest.items].map(({ id }) => id)).size, 150);
  assert.equal(rest.next, null);
  const oldest = await list(`group=many&to=${hour(2)}`);
  assert.deepEqual(
    oldest.items.map(({ startedAt }) => startedAt),
    [hour(1), hour(0)],
  );
  const still = await list(`group=many&limit=500&from=${new Date().toISOString()}`);
  assert.equal(still.items.length, 100, 'what is over was told before');
  assert.equal((await list('objective=none')).items.length, 0);
});

it('a page that does not exist is a problem', async () => {
  const response = await fetch(`${service.url}/api/v1/alerts/none`);
  assert.equal(response.status, 404);
  const unknown = await fetch(`${service.url}/api/v1/alerts?status=burning`);
  assert.equal(unknown.status, 400);
});

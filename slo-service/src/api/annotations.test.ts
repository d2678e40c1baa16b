import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { annotationListSchema, annotationSchema } from '../annotations/annotation.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { seriesSchema } from './schemas.ts';

let service: RunningService;

before(async () => {
  service = await runningService([]);
});

after(() => service.stop());

const ago = (minute: number) => new Date(Date.now() - minute * 60_000).toISOString();

async function post(body: unknown) {
  const response = await fetch(`${service.url}/api/v1/annotations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as unknown };
}

async function titles(query: string) {
  const response = await fetch(`${service.url}/api/v1/annotations?${query}`);
  return annotationListSchema.parse(await response.json()).items.map(({ title }) => title);
}

it('deploys show in the series of what they concern, and in lists', async () => {
  const { status, answer } = await post({ title: 'shop 1.1', by: 'ci', service: 'shop' });
  assert.equal(status, 201);
  assert.ok(Math.abs(Date.parse(annotationSchema.parse(answer).at) - Date.now()) < 60_000);
  await post({ title: 'shop 1.0', by: 'ci', at: ago(20).replace('Z', '+00:00') });
  await post({ title: 'cache', kind: 'configuration', by: 'ana', objectives: ['shop-latency'] });
  await post({ title: 'long ago', by: 'ci', at: '2020-01-01T00:00:00Z' });

  const to = new Date(Date.now() + 60_000).toISOString();
  const path = `/api/v1/objectives/shop-availability/series?from=${ago(30)}&to=${to}`;
  const series = seriesSchema.parse(await (await fetch(service.url + path)).json());
  assert.deepEqual(
    series.annotations?.map(({ title }) => title),
    ['shop 1.0', 'shop 1.1'],
  );
  assert.deepEqual(await titles('objective=shop-latency&limit=2'), ['shop 1.1', 'cache']);
  assert.deepEqual(await titles('service=shop'), ['shop 1.1']);
  assert.deepEqual(await titles(`to=2021-01-01T00:00:00Z`), ['long ago']);
});

it('the newest deploy of a service is a series, and one of all services has no such label', async () => {
  const planned = new Date(Date.now() + 3_600_000).toISOString();
  for (const at of [ago(9), ago(5), ago(7), planned]) {
    await post({ title: 'cart 2', by: 'ci', service: 'cart', at });
  }
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const secondsOf = (labels: string) =>
    Number(
      new RegExp(`^slo_annotation_timestamp_seconds\\{${labels}\\} (.*)$`, 'm').exec(text)?.[1],
    );
  const agoSeconds = Date.now() / 1000 - secondsOf('kind="deploy",annotated_service="cart"');
  assert.ok(agoSeconds >= 299 && agoSeconds < 330, `${agoSeconds}`);
  assert.ok(secondsOf('kind="deploy"') > 0);
});

it('what is no annotation is refused with the fields at fault', async () => {
  const bad = { title: '', by: 'ci', at: 'now', url: 'javascript:alert(1)', objectives: ['none'] };
  const { status, answer } = await post(bad);
  const { code, errors } = answer as { code: string; errors: { field: string }[] };
  assert.deepEqual([status, code], [400, 'BODY_INVALID']);
  assert.deepEqual(
    errors.map(({ field }) => field),
    ['at', 'title', 'url'],
  );
  const unknown = await post({ title: 'x', by: 'ci', objectives: ['none'] });
  assert.equal(unknown.status, 400);
});

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { publishRunFile, removeRunFile } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { runPrometheus } from '../fixture/prometheus.ts';
import { runCollector } from '../fixture/running-collector.ts';
import { testConfig } from '../fixture/test-config.ts';

/** A target whose answer the test changes. */
async function runTarget(t: TestContext) {
  const target = { status: 200, text: '', requests: 0, accept: '', url: '', asked: '' };
  const server = createServer((request, response) => {
    target.requests++;
    target.accept = request.headers.accept ?? '';
    target.asked = request.url ?? '';
    response.writeHead(target.status, { 'content-type': openMetrics });
    response.end(target.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  target.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return target;
}

const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
/** Scrapes four times a second. */
const timeScale = 60;

test('a target is scraped into Prometheus with its labels, up, exemplars and staleness', async (t) => {
  const [prometheus, target] = await Promise.all([runPrometheus(t), runTarget(t)]);
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const both = [
    '# TYPE orders counter',
    `orders_total{service="mine"} 3 # {trace_id="${traceId}"} 1`,
    '# TYPE queue gauge',
    'queue 7',
    '# EOF\n',
  ].join('\n');
  target.text = both;
  const config = testConfig(t, {
    timeScale,
    services: [{ name: 'order', job: 'shop', endpoint: { process: 'order', listener: 'http' } }],
    telemetry: { prometheus: { url: prometheus.url } },
  });
  await runCollector(t, config);

  const missing = await eventually('up without an address', async () => {
    const [up] = await prometheus.query('up{service="order"}');
    return up;
  });
  assert.deepEqual([missing.value[1], missing.metric['instance']], ['0', undefined]);

  publishRunFile(config, { name: 'order', pid: 1, addresses: { http: target.url } });
  const orders = await eventually('the counter', async () => {
    const [found] = await prometheus.query('orders_total');
    return found;
  });
  const instance = target.url.slice('http://'.length);
  assert.deepEqual(orders.metric, {
    __name__: 'orders_total',
    job: 'shop',
    instance,
    service: 'order',
    exported_service: 'mine',
  });
  assert.equal(orders.value[1], '3');
  assert.match(target.accept, /^application\/openmetrics-text/);
  const up = await prometheus.query('up{service="order"}');
  assert.deepEqual(
    up.map(({ metric, value }) => [metric['instance'], value[1]]),
    [[instance, '1']],
    'the series without an instance has ended',
  );
  const [exemplar] = await prometheus.exemplars('orders_total');
  assert.equal(exemplar?.labels['trace_id'], traceId);

  target.text = both.replace('queue 7\n', '');
  await eventually('the vanished gauge ends', async () => {
    const gone = (await prometheus.query('queue')).length === 0;
    return gone && (await prometheus.query('orders_total')).length === 1;
  });

  target.status = 500;
  await eventually('up goes to 0 and the rest ends', async () => {
    const [state] = await prometheus.query('up{service="order"}');
    return state?.value[1] === '0' && (await prometheus.query('orders_total')).length === 0;
  });

  target.status = 200;
  await eventually('the target comes back', async () => {
    return (await prometheus.query('orders_total')).length === 1;
  });
  removeRunFile(config, 'order');
  await eventually('a target that left stays known as down', async () => {
    const [state, ...others] = await prometheus.query('up{service="order"}');
    return state?.value[1] === '0' && others.length === 0 && state.metric['instance'] === instance;
  });
});

test('all samples of one scrape carry one timestamp', async (t) => {
  const [prometheus, target] = await Promise.all([runPrometheus(t), runTarget(t)]);
  target.text = '# TYPE a gauge\na 1\n# TYPE b gauge\nb{x="1"} 2 1700000000\n# EOF\n';
  await runCollector(
    t,
    testConfig(t, {
      timeScale,
      services: [{ name: 'order', endpoint: { url: target.url } }],
      telemetry: { prometheus: { url: prometheus.url } },
    }),
  );
  const times = await eventually('three scrapes', async () => {
    const series = await prometheus.samples('{service="order"}[5m]');
    const enough = series.length === 5 && series.every(({ values }) => values.length >= 3);
    return enough
      ? series.map(({ values }) => values.slice(0, 3).map(([time]) => time))
      : undefined;
  });
  for (const series of times) assert.deepEqual(series, times[0]);
});

test('a probe goes through its exporter and is named after what it probes', async (t) => {
  const [prometheus, exporter] = await Promise.all([runPrometheus(t), runTarget(t)]);
  exporter.text = '# TYPE probe_success gauge\nprobe_success 1\n# EOF\n';
  const probe = { module: 'http', endpoint: { url: 'http://127.0.0.1:1' }, path: '/a?b=c' };
  await runCollector(
    t,
    testConfig(t, {
      timeScale,
      services: [{ name: 'blackbox', endpoint: { url: exporter.url }, probe }],
      telemetry: { prometheus: { url: prometheus.url } },
    }),
  );
  const success = await eventually('the probe', async () => {
    const [found] = await prometheus.query('probe_success');
    return found;
  });
  assert.equal(success.metric['instance'], 'http://127.0.0.1:1/a?b=c');
  assert.equal(exporter.asked, '/probe?module=http&target=http%3A%2F%2F127.0.0.1%3A1%2Fa%3Fb%3Dc');
});

test('how a Redis is spoken to is told to its exporter, and is no part of its name', async (t) => {
  const [prometheus, exporter] = await Promise.all([runPrometheus(t), runTarget(t)]);
  exporter.text = '# TYPE redis_up gauge\nredis_up 1\n# EOF\n';
  const probe = { endpoint: { url: '127.0.0.1:1' }, path: '', scheme: 'rediss' as const };
  await runCollector(
    t,
    testConfig(t, {
      timeScale,
      services: [{ name: 'redis', endpoint: { url: exporter.url }, metricsPath: '/scrape', probe }],
      telemetry: { prometheus: { url: prometheus.url } },
    }),
  );
  const up = await eventually('its metrics', async () => (await prometheus.query('redis_up'))[0]);
  assert.equal(up.metric['instance'], '127.0.0.1:1');
  assert.equal(exporter.asked, '/scrape?target=rediss%3A%2F%2F127.0.0.1%3A1');
});

test('the collector scrapes itself and counts probes from zero', async (t) => {
  const prometheus = await runPrometheus(t);
  const config = testConfig(t, {
    timeScale,
    services: [{ name: 'collector', endpoint: { process: 'collector', listener: 'http' } }],
    probes: [
      {
        name: 'alive',
        route: 'a',
        endpoint: { process: 'collector', listener: 'http' },
        path: '/healthz',
      },
      { name: 'dead', route: 'b', endpoint: { url: 'http://127.0.0.1:1' }, path: '/' },
    ],
    telemetry: { prometheus: { url: prometheus.url } },
  });
  await runCollector(t, config);
  const wanted = {
    alive: ['arrived', 'unreachable'],
    dead: ['unreachable', 'arrived'],
  };
  for (const [probe, [counted, zero]] of Object.entries(wanted)) {
    await eventually(`probe ${probe}`, async () => {
      const series = await prometheus.query(`probe_requests_total{probe="${probe}"}`);
      const value = (outcome: string | undefined) =>
        Number(series.find(({ metric }) => metric['outcome'] === outcome)?.value[1]);
      return value(counted) >= 2 && value(zero) === 0;
    });
  }
});

test('targets of an HTTP SD list come, go, and stay while the list does not answer', async (t) => {
  const [prometheus, list, own, other] = await Promise.all([
    runPrometheus(t),
    runTarget(t),
    runTarget(t),
    runTarget(t),
  ]);
  const host = (target: { url: string }) => target.url.slice('http://'.length);
  const listed = (...targets: string[]) =>
    JSON.stringify([{ targets, labels: { service: 'product', job: 'shop' } }]);
  own.text = other.text = '# TYPE busy gauge\nbusy 1\n# EOF\n';
  list.text = listed(host(own), host(other));
  const config = testConfig(t, {
    timeScale,
    services: [{ name: 'product', job: 'shop', endpoint: { url: own.url } }],
    targetLists: [{ endpoint: { url: list.url }, path: '/sd' }],
    telemetry: { prometheus: { url: prometheus.url } },
  });
  await runCollector(t, config);
  const up = async () =>
    (await prometheus.query('up{service="product",job="shop"}'))
      .filter(({ value }) => value[1] === '1')
      .map(({ metric }) => metric['instance'])
      .toSorted();
  const both = [host(own), host(other)].toSorted();
  await eventually('both are up, the one that is configured too is scraped once', async () => {
    assert.deepEqual(await up(), both);
    return true;
  });
  list.status = 503;
  const before = other.requests;
  await eventually('it goes on without the list', () => other.requests > before + 4);
  assert.deepEqual(await up(), both);
  list.status = 200;
  list.text = listed(host(own));
  await eventually('who left has no series any more', async () => {
    assert.deepEqual(await up(), [host(own)]);
    return (await prometheus.query(`busy{instance="${host(other)}"}`)).length === 0;
  });
});

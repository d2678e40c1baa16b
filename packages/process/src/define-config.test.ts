import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { latency, objective, rolling } from '@sprout/objectives';
import { httpServerRequestDuration } from '@sprout/signals/catalogue';
import { loadConfig, saveConfig } from './config.ts';
import { compileConfig, listener } from './define-config.ts';
import type { Endpoint } from './endpoint.ts';
import type { ConfigInput } from './define-config.ts';

const minimal: ConfigInput = { services: [], signals: [], objectives: [] };

test('everything but services, signals and objectives has a default', () => {
  const config = compileConfig(minimal, '/project');
  assert.equal(config.dataDir, '/project/.sprout');
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.ports['gateway'], 8080);
  assert.equal(config.links.console, 'http://127.0.0.1:7070');
  assert.deepEqual(config.telemetry.prometheus, { process: 'prometheus', listener: 'http' });
});

test('an address that others reach is refused until access is configured', () => {
  const open = { ...minimal, host: '0.0.0.0' };
  assert.throws(() => compileConfig(open, '/'), {
    code: 'CONFIG_INVALID',
    message: /^host: 0\.0\.0\.0 is reached from elsewhere/,
  });
  const { access } = compileConfig({ ...open, access: { keysFile: 'keys.json' } }, '/project');
  assert.equal(access?.keysFile, '/project/keys.json');
  const oidc = { issuer: 'http://login.example.com', clientId: 'x' };
  assert.throws(() => compileConfig({ ...minimal, access: { oidc } }, '/'), /access\.oidc\.issuer/);
});

test('a policy names objectives that there are', () => {
  const policies = [{ name: 'freeze', leftBelow: 0.2, url: 'http://ci/', objectives: ['none'] }];
  assert.throws(() => compileConfig({ ...minimal, policies }, '/'), {
    code: 'CONFIG_INVALID',
    message: 'policies: freeze names "none", which is no objective; write the id of one',
  });
});

test('one port can be changed without naming the others', () => {
  const { ports } = compileConfig({ ...minimal, ports: { gateway: 0 } }, '/');
  assert.equal(ports['gateway'], 0);
  assert.equal(ports['account'], 8661);
});

test('a service is scraped under its own name at /metrics unless it says otherwise', () => {
  const services = [{ name: 'order', endpoint: listener('order') }];
  const [service] = compileConfig({ ...minimal, services }, '/').services;
  assert.deepEqual(service, {
    name: 'order',
    job: 'order',
    endpoint: { process: 'order', listener: 'http' },
    metricsPath: '/metrics',
  });
});

test('nodes of our own Redis are asked over TLS where they take nothing else', () => {
  const asked = (endpoint: Endpoint) => ({
    name: 'redis',
    endpoint: listener('redis-exporter'),
    metricsPath: '/scrape',
    probe: { endpoint, path: '', scheme: 'redis' as const },
  });
  const services = [asked(listener('redis-1', 'redis')), asked({ url: 'cache.example.com:6379' })];
  const schemes = (market: ConfigInput['market'] = {}) =>
    compileConfig({ ...minimal, services, market }, '/').services.map(({ probe }) => probe?.scheme);
  assert.deepEqual(schemes(), ['redis', 'redis']);
  assert.deepEqual(schemes({ tls: true }), ['rediss', 'redis']);
});

test('all problems are reported at once', () => {
  const twice = httpServerRequestDuration;
  const wrong = { ...minimal, timeScale: -1, ports: { gateway: 70_000 }, signals: [twice, twice] };
  assert.throws(
    () => compileConfig(wrong, '/'),
    (error: { code: string; message: string }) => {
      assert.equal(error.code, 'CONFIG_INVALID');
      const places = error.message.split('\n').map((line) => line.split(':')[0]);
      assert.deepEqual(places, ['timeScale', 'ports.gateway', 'signals']);
      return true;
    },
  );
});

test('an objective over a service that is not watched, or a cause that is not there, is told', () => {
  const sli = latency(httpServerRequestDuration.where({ service: 'ghost' }), { withinMs: 2000 });
  const options = { owner: 'order', target: 0.99, window: rolling('30d'), sli };
  const cause = objective('cause', options);
  const objectives = [objective('effect', { ...options, dependsOn: [cause] })];
  assert.throws(
    () => compileConfig({ ...minimal, objectives }, '/'),
    /define-config\.test\.ts:\d+:\d+ objectives\.effect\.dependsOn: there is no objective "cause".*\n.*:\d+:\d+ objectives\.effect\.sli\.valid: .*"ghost"/,
  );
});

test('a window is held to how often the source is scraped', () => {
  const sli = latency(httpServerRequestDuration.where({ service: 'shop' }), { withinMs: 2000 });
  const options = { owner: 'shop', target: 0.99, window: rolling('7d'), sli };
  const services = [{ name: 'shop', endpoint: listener('shop') }];
  const signals = [httpServerRequestDuration];
  const input = { services, signals, objectives: [objective('week', options)] };
  const scrapedEvery = (scrapeIntervalSeconds: number) => {
    const prometheus = { url: 'http://127.0.0.1:9', scrapeIntervalSeconds };
    return () => compileConfig({ ...input, telemetry: { prometheus } }, '/');
  };
  assert.doesNotThrow(scrapedEvery(30));
  assert.throws(scrapedEvery(60), {
    code: 'CONFIG_INVALID',
    message: /looks at the last 1m10s, which holds fewer than two samples; 2m is the least/,
  });
});

test('what is compiled is read again as it was', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-config-'));
  const config = compileConfig({ ...minimal, dataDir }, '/');
  const path = join(dataDir, 'config.json');
  saveConfig(config, path);
  assert.deepEqual(loadConfig(path), config);
});

test('a missing configuration says how to make it', () => {
  assert.throws(() => loadConfig('/nowhere/config.json'), {
    code: 'CONFIG_MISSING',
    hint: 'run ./sprout config build',
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { startStandIn } from '@sprout/grafana/testing';
import type { StandIn } from '@sprout/grafana/testing';
import { compileConfig } from '@sprout/process';
import sproutConfig from '../../../sprout.config.ts';
import { dashboardCommands } from '../commands.ts';
import { dashboards as buildDashboards } from '../dashboards/all.ts';

const config = compileConfig(sproutConfig, '/');
const slugs = buildDashboards(config).map(({ model }) => model.slug);
let grafana: StandIn;

beforeEach(async () => {
  grafana = await startStandIn();
  process.env['GRAFANA_URL'] = grafana.url;
  process.env['GRAFANA_TOKEN'] = grafana.token;
});
afterEach(async () => {
  delete process.env['GRAFANA_URL'];
  delete process.env['GRAFANA_TOKEN'];
  await grafana.close();
});

async function dashboards(verb: string, values: Record<string, boolean> = {}) {
  const command = dashboardCommands.find(({ name }) => name[1] === verb);
  assert.ok(command);
  const out: string[] = [];
  const errors: string[] = [];
  const code = await command.run({
    values,
    positionals: [],
    config: () => config,
    declared: async () => config,
    print: (line) => void out.push(line),
    warn: (line) => void errors.push(line),
  });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

test('plan lists what is to be created and writes nothing', async () => {
  const { code, out } = await dashboards('plan');
  assert.equal(code, 0);
  for (const slug of slugs) assert.match(out, new RegExp(`\\+ create Dashboard ${slug}\\b`));
  assert.match(out, new RegExp(`${slugs.length + 6} to create, 0 to update, 0 to delete`));
  assert.ok(grafana.requests.every((request) => request.startsWith('GET')));
});

test('our dashboards applied once leave nothing to plan and no drift', async () => {
  assert.equal((await dashboards('apply', { yes: true })).code, 0);
  assert.deepEqual(grafana.store.names('dashboards').toSorted(), slugs.toSorted());
  const { annotations } = grafana.store.get('dashboards', 'gateway').metadata;
  assert.equal(annotations['grafana.app/folder'], 'sprout-services');
  assert.deepEqual(JSON.parse((await dashboards('plan', { json: true })).out), { changes: [] });
  const written = grafana.requests.filter((request) => !request.startsWith('GET')).length;
  assert.match((await dashboards('apply')).out, /nothing to change/);
  assert.equal(written, grafana.requests.filter((request) => !request.startsWith('GET')).length);
  assert.equal((await dashboards('drift')).code, 0);
});

test('a change by hand is exit code 3 of drift, with its path and both values', async () => {
  await dashboards('apply', { yes: true });
  grafana.store.edit('dashboards', 'gateway', ({ spec }) => {
    spec['title'] = 'Mine';
  });
  const { code, out } = await dashboards('drift');
  assert.equal(code, 3);
  assert.match(out, /Dashboard gateway: changed[^]*spec\.title[^]*- "Gateway"[^]*\+ "Mine"/);
});

test('without --prune nothing is deleted, and the output says how to', async () => {
  await dashboards('apply', { yes: true });
  const { metadata, ...kept } = grafana.store.get('dashboards', 'gateway');
  const { annotations } = metadata;
  const old = { ...kept, metadata: { name: 'old', annotations } };
  grafana.store.create('dashboards', kept.apiVersion, old);
  assert.match((await dashboards('apply', { yes: true })).out, /1 of ours .* --prune deletes/);
  assert.ok(grafana.store.names('dashboards').includes('old'));
  await dashboards('apply', { yes: true, prune: true });
  assert.ok(!grafana.store.names('dashboards').includes('old'));
});

test('a part that failed is exit code 4, and the next apply completes it', async () => {
  for (let reads = 0; reads < 2; reads += 1) grafana.failNext(429, { 'retry-after': '0' });
  const first = await dashboards('apply', { yes: true, json: true });
  assert.equal(first.code, 0);
  grafana.store.edit('dashboards', 'gateway', ({ spec }) => {
    spec['title'] = 'Mine';
  });
  grafana.store.remove('dashboards', 'sprout', {});
  const replace = grafana.store.replace.bind(grafana.store);
  grafana.store.replace = (plural, name, body) => {
    grafana.store.edit(plural, name, () => {});
    return replace(plural, name, body);
  };
  const second = await dashboards('apply', { yes: true, json: true });
  assert.equal(second.code, 4);
  const { done, failed } = JSON.parse(second.out);
  assert.deepEqual([done[0].name, failed[0].name], ['sprout', 'gateway']);
  assert.equal(failed[0].error.code, 'GRAFANA_CONFLICT');
  grafana.store.replace = replace;
  assert.equal((await dashboards('apply', { yes: true })).code, 0);
  assert.equal((await dashboards('drift')).code, 0);
});

test('without --yes and a terminal apply refuses and changes nothing', async () => {
  if (process.stdin.isTTY) return;
  await assert.rejects(dashboards('apply'), { code: 'USAGE', hint: 'add --yes' });
  assert.deepEqual(grafana.store.names('folders'), []);
});

test('a Grafana that is not named, or is gone, is a clear error', async () => {
  await grafana.close();
  await assert.rejects(dashboards('plan'), { code: 'GRAFANA_UNREACHABLE' });
  delete process.env['GRAFANA_TOKEN'];
  await assert.rejects(dashboards('plan'), { code: 'GRAFANA_UNCONFIGURED' });
});

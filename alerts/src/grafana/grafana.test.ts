import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { provisioningGroup } from '@sprout/grafana';
import { provisioningGroupBody, startStandIn } from '@sprout/grafana/testing';
import type { StandIn } from '@sprout/grafana/testing';
import { compileConfig } from '@sprout/process';
import sproutConfig from '../../../sprout.config.ts';
import { buildRules } from '../build-rules.ts';
import { alertsIn } from '../rule/rule.ts';
import { alertsCommands } from '../commands.ts';
import { inhibitRules } from '../routing/inhibition.ts';
import { alertingResources, ruleGroups, ruleOptions } from './resources.ts';

const directory = mkdtempSync(join(tmpdir(), 'sprout-grafana-'));
const slackUrl = join(directory, 'slack-url');
writeFileSync(slackUrl, 'https://hooks.example/secret\n');
after(() => rmSync(directory, { recursive: true, force: true }));

const config = compileConfig(
  {
    ...sproutConfig,
    alerts: {
      receivers: [
        {
          name: 'on-call',
          severities: ['page', 'ticket'],
          to: { kind: 'slack', channel: '#on-call', urlFile: slackUrl },
        },
        {
          name: 'team',
          severities: ['ticket'],
          to: { kind: 'email', to: ['team@shop.example'], from: 'a@b.example', smarthost: 'mx:25' },
        },
      ],
      muteTimes: [{ name: 'night', zone: 'Asia/Seoul', times: [{ from: '22:00', to: '24:00' }] }],
    },
  },
  '/',
);
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

async function alerts(verb: string, values: Record<string, boolean> = {}) {
  const command = alertsCommands.find(({ name }) => name[1] === verb);
  assert.ok(command);
  const out: string[] = [];
  const code = await command.run({
    values,
    positionals: [],
    config: () => config,
    declared: async () => config,
    print: (line) => void out.push(line),
    warn: (line) => void out.push(line),
  });
  return { code, out: out.join('\n') };
}

test('what is applied once leaves nothing to plan, no drift, and policies alone', async () => {
  const applied = await alerts('apply', { yes: true });
  assert.equal(applied.code, 0, applied.out.slice(-2000));
  const rules = grafana.store.names('alertrules');
  assert.equal(rules.length, alertsIn(buildRules(config)).length);
  assert.ok(grafana.store.names('recordingrules').length > 20);
  assert.deepEqual(JSON.parse((await alerts('plan', { json: true })).out), { changes: [] });
  assert.equal((await alerts('drift')).code, 0);
  assert.ok(!grafana.requests.some((request) => /routingtrees|policies/.test(request)));
});

test('a rule names its contact point and, unless it pages, its mute timings', async () => {
  const specs = alertingResources(config).filter(({ kind }) => kind === 'AlertRule');
  const settings = specs.map(({ spec }) => JSON.parse(JSON.stringify(spec)));
  const page = settings.find(({ labels }) => labels.severity === 'page');
  const ticket = settings.find(({ labels }) => labels.severity === 'ticket');
  assert.deepEqual(page.notificationSettings.muteTimeIntervals, []);
  assert.equal(page.notificationSettings.receiver, 'sprout-page');
  assert.deepEqual(ticket.notificationSettings.muteTimeIntervals, ['sprout-night']);
  assert.doesNotMatch(JSON.stringify(settings), /\$value /);
});

test('a page silences its tickets, where Grafana applies inhibition', async () => {
  await alerts('apply', { yes: true });
  const specs = grafana.store
    .names('inhibitionrules')
    .map((name) => grafana.store.get('inhibitionrules', name).spec);
  assert.equal(specs.length, inhibitRules(config).length);
  assert.deepEqual(specs[0], {
    source_matchers: [{ type: '=', label: 'severity', value: 'page' }],
    target_matchers: [{ type: '=', label: 'severity', value: 'ticket' }],
    equal: ['page_group'],
  });
});

test('a change by hand is drift, and is put back', async () => {
  await alerts('apply', { yes: true });
  const [name = ''] = grafana.store.names('alertrules');
  grafana.store.edit('alertrules', name, ({ spec }) => {
    spec['paused'] = true;
  });
  const found = await alerts('drift');
  assert.equal(found.code, 3);
  assert.match(found.out, /spec\.paused/);
  await alerts('apply', { yes: true });
  assert.equal((await alerts('drift')).code, 0);
});

test('only what carries our mark is pruned', async () => {
  await alerts('apply', { yes: true });
  const [name = ''] = grafana.store.names('alertrules');
  const { metadata, ...rule } = grafana.store.get('alertrules', name);
  const copy = (as: string) =>
    grafana.store.create('alertrules', rule.apiVersion, {
      ...rule,
      metadata: { name: as, annotations: metadata.annotations },
    });
  copy('sprout-old-one-of-ours');
  copy('made-by-hand');
  await alerts('apply', { yes: true, prune: true });
  assert.ok(!grafana.store.names('alertrules').includes('sprout-old-one-of-ours'));
  assert.ok(grafana.store.names('alertrules').includes('made-by-hand'));
});

test('secrets reach Grafana from their files and stand in no plan', async () => {
  const planned = await alerts('plan', { json: true });
  const applied = await alerts('apply', { yes: true, json: true });
  assert.doesNotMatch(planned.out + applied.out, /hooks\.example/);
  assert.ok(grafana.bodies.some((body) => body.includes('https://hooks.example/secret')));
  const { metadata } = grafana.store.get(
    'receivers',
    Buffer.from('sprout-page').toString('base64url'),
  );
  assert.doesNotMatch(JSON.stringify(metadata), /hooks\.example/);
});

test('the provisioning API takes the same rules in their order', () => {
  const options = ruleOptions(config);
  for (const group of ruleGroups(buildRules(config))) {
    const body = provisioningGroup(group, 'sprout', options);
    provisioningGroupBody.parse(body);
    assert.equal(body.rules.length, group.rules.length);
  }
});

test('every rule has a UID of its own', () => {
  const names = alertingResources(config).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  assert.equal(new Set(names).size, names.length);
});

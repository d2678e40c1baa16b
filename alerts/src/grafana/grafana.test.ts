import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import {
  alertRuleSpec,
  provisioningBodies,
  provisioningGroupBody,
  startStandIn,
} from '@sprout/grafana/testing';
import type { StandIn } from '@sprout/grafana/testing';
import { identify } from '@sprout/grafana';
import type { GrafanaResource } from '@sprout/grafana';
import { compileConfig } from '@sprout/process';
import sproutConfig from '../../../sprout.config.ts';
import { buildRules } from '../build-rules.ts';
import { alertsCommands } from '../commands.ts';
import { notificationTemplate } from '../notifications/template.ts';
import { inhibitRules } from '../routing/inhibition.ts';
import { alertsIn } from '../rule/rule.ts';
import { boardsOf } from './boards.ts';
import { provisioningFiles } from './provisioning-files.ts';
import { alertingResources } from './resources.ts';
import { ruleGroups } from './rules.ts';

const directory = mkdtempSync(join(tmpdir(), 'sprout-grafana-'));
const slackUrl = join(directory, 'slack-url');
writeFileSync(slackUrl, 'https://hooks.example/secret\n');
after(() => rmSync(directory, { recursive: true, force: true }));

const compiled = compileConfig(
  {
    ...sproutConfig,
    alerts: {
      language: 'ko',
      deadMansSwitch: { url: 'https://alive.example/ping' },
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
        {
          name: 'pager',
          severities: ['page'],
          to: { kind: 'pagerduty', routingKeyFile: slackUrl, url: 'https://eu.example/enqueue' },
        },
        {
          name: 'bot',
          severities: ['page'],
          to: { kind: 'webhook', url: 'https://bot.example' },
        },
      ],
      muteTimes: [{ name: 'night', zone: 'Asia/Seoul', times: [{ from: '22:00', to: '24:00' }] }],
    },
  },
  '/',
);
const dashboardsDir = join(import.meta.dirname, '../../../dashboards-as-code/_generated/models');
const config = { ...compiled, dashboardsDir };
const boards = boardsOf(config);
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

async function alerts(verb: string, values: Record<string, boolean> = {}, wanted = config) {
  const command = alertsCommands.find(({ name }) => name[1] === verb);
  assert.ok(command);
  const out: string[] = [];
  const code = await command.run({
    values,
    positionals: [],
    config: () => wanted,
    declared: async () => wanted,
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
  const specs = alertingResources(config, boards).filter(({ kind }) => kind === 'AlertRule');
  const settings = specs.map(({ spec }) => JSON.parse(JSON.stringify(spec)));
  const page = settings.find(({ labels }) => labels.severity === 'page');
  const ticket = settings.find(({ labels }) => labels.severity === 'ticket');
  assert.deepEqual(page.notificationSettings.muteTimeIntervals, []);
  assert.equal(page.notificationSettings.receiver, 'sprout-page');
  assert.deepEqual(ticket.notificationSettings.muteTimeIntervals, ['sprout-night']);
  assert.doesNotMatch(JSON.stringify(settings), /\$value /);
});

test('Grafana shows beside an alert the panel of its board that reads what it reads', () => {
  const specs = alertingResources(config, boards)
    .filter(({ kind }) => kind === 'AlertRule')
    .map(({ spec }) => alertRuleSpec.parse(spec));
  const panels = new Map(
    boards.flatMap((board) =>
      identify(board)
        .flat()
        .map(({ panel, id }) => [`${board.slug} ${id}`, panel] as const),
    ),
  );
  const seenOn = ({ panelRef, annotations }: (typeof specs)[number]) => {
    assert.equal(annotations?.['__dashboardUid__'], panelRef?.dashboardUID);
    assert.equal(annotations?.['__panelId__'], panelRef && String(panelRef.panelID));
    return panelRef && panels.get(`${panelRef.dashboardUID} ${panelRef.panelID}`)?.title;
  };
  const titles = new Map(specs.map((spec) => [spec.title, seenOn(spec)]));
  const blind = [...titles].filter(([, panel]) => panel === undefined).map(([title]) => title);
  assert.deepEqual(blind, ['Watchdog']);
  assert.equal(titles.get('MySQLDeadlocks'), 'Deadlocks');
  assert.equal(titles.get('LatencyP99High'), 'Duration');
  const burn = [...titles].find(([title]) => title.startsWith('ErrorBudgetBurnFast order-latency'));
  assert.equal(burn?.[1], 'Good events');
  const [rule] = ruleGroups(config, []).flatMap(({ rules }) => rules);
  assert.ok(rule !== undefined && !('panel' in rule));
});

test('a tree of our own is applied once, beside the policies of others', async () => {
  const own = { ...config.alerts.grafana, ownPolicies: true };
  const wanted = { ...config, alerts: { ...config.alerts, grafana: own } };
  assert.equal((await alerts('apply', { yes: true }, wanted)).code, 0);
  assert.deepEqual(grafana.store.names('routingtrees'), ['sprout-policies']);
  const planned = await alerts('plan', { json: true }, wanted);
  assert.deepEqual(JSON.parse(planned.out), { changes: [] });
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

test('a contact point says what Alertmanager would, in the language of the configuration', async () => {
  await alerts('apply', { yes: true });
  const [name = ''] = grafana.store.names('templategroups');
  const { spec } = grafana.store.get('templategroups', name);
  assert.deepEqual(spec, {
    title: 'sprout-notifications',
    content: notificationTemplate(config.alerts),
    kind: 'grafana',
  });
  assert.match(String(spec['content']), /먼저 할 일/);
  const [title, text] = ['{{ template "sprout.title" . }}', '{{ template "sprout.text" . }}'];
  for (const named of [title, text]) {
    assert.ok(
      String(spec['content']).includes(named.replace('template', 'define').replace(' .', '')),
    );
  }
  const [page, ticket] = ['sprout-page', 'sprout-ticket'].map((point) =>
    integrationsOf(alertingResources(config, boards), point),
  );
  assert.deepEqual(page, [
    { recipient: '#on-call', title, text },
    { severity: 'critical', summary: title, details: { text }, url: 'https://eu.example/enqueue' },
    { url: 'https://bot.example', httpMethod: 'POST', title, message: text },
  ]);
  assert.deepEqual(ticket?.[1], { addresses: 'team@shop.example', subject: title, message: text });
});

test('a template that somebody changed is drift, and is put back', async () => {
  await alerts('apply', { yes: true });
  const [name = ''] = grafana.store.names('templategroups');
  grafana.store.edit('templategroups', name, ({ spec }) => {
    spec['content'] = '{{ define "sprout.title" }}mine{{ end }}';
  });
  assert.match((await alerts('drift')).out, /spec\.content/);
  await alerts('apply', { yes: true });
  assert.equal((await alerts('drift')).code, 0);
});

test("the watchdog tells the dead man's switch each minute, and nobody else", () => {
  const models = ruleGroups(config, boards).flatMap(({ rules }) => rules);
  const told = models.filter(
    (rule) => rule.kind === 'alert' && rule.notify?.receiver === 'sprout-watchdog',
  );
  assert.deepEqual(
    told.map((rule) => rule.kind === 'alert' && [rule.title, rule.notify?.repeatSeconds]),
    [['Watchdog', 60]],
  );
  assert.deepEqual(integrationsOf(alertingResources(config, boards), 'sprout-watchdog'), [
    { url: 'https://alive.example/ping', httpMethod: 'POST' },
  ]);
  const without = { ...config, alerts: { ...config.alerts, deadMansSwitch: undefined } };
  assert.doesNotMatch(
    JSON.stringify(alertingResources(without, boards)),
    /"sprout-watchdog"|"Watchdog"/,
  );
});

test('a receiver of some teams is told of theirs alone', () => {
  const [first] = config.alerts.receivers;
  assert.ok(first);
  const to = { kind: 'webhook' as const, url: 'https://order.example' };
  const orders = { name: 'orders', severities: ['ticket' as const], teams: ['order'], to };
  const receivers = [first, orders];
  const split = { ...config, alerts: { ...config.alerts, receivers } };
  const resources = alertingResources(split, boards);
  assert.equal(integrationsOf(resources, 'sprout-ticket').length, 1);
  assert.equal(integrationsOf(resources, 'sprout-ticket-order').length, 2);
  const told = new Map(
    ruleGroups(split, boards)
      .flatMap(({ rules }) => rules)
      .flatMap((rule) => (rule.kind === 'alert' ? [[rule.title, rule] as const] : [])),
  );
  // Whose team is known, is named once; whose team the service is, is cut in two.
  assert.equal(told.get('OrdersStuck')?.notify?.receiver, 'sprout-ticket-order');
  assert.equal(told.get('MySQLDown')?.notify?.receiver, 'sprout-ticket');
  assert.equal(told.get('PoolExhausted')?.notify?.receiver, 'sprout-ticket');
  assert.equal(told.get('PoolExhausted for order')?.notify?.receiver, 'sprout-ticket-order');
  const order = 'on (service) label_replace(vector(1), "service", "order", "", "")';
  const whole = 'db_client_connection_pending_requests > 5';
  assert.equal(told.get('PoolExhausted')?.expr, `${whole} unless ${order}`);
  assert.equal(told.get('PoolExhausted for order')?.expr, `${whole} and ${order}`);
  const inhibition = JSON.stringify(resources.filter(({ kind }) => kind === 'InhibitionRule'));
  assert.match(inhibition, /"\(CollectorDown\)\( for \.\+\)\?"/);
});

test('the provisioning API takes the same: rules in their order, and all that they name', () => {
  const files = provisioningFiles(config, boards);
  const bodies = [...files].map(([path, body]) => [path, JSON.parse(body)] as const);
  const under = (folder: string) =>
    bodies.filter(([path]) => path.startsWith(`provisioning/${folder}/`)).map(([, body]) => body);
  for (const [folder, schema] of Object.entries(provisioningBodies)) {
    assert.ok(under(folder).length > 0, folder);
    for (const body of under(folder)) schema.parse(body);
  }
  const rules = under('rule-groups').flatMap((body) => provisioningGroupBody.parse(body).rules);
  const groups = ruleGroups(config, boards);
  assert.equal(rules.length, groups.flatMap((group) => group.rules).length);
  const points = new Set(under('contact-points').map(({ name }) => name));
  const mutes = new Set(under('mute-timings').map(({ name }) => name));
  for (const { title, notification_settings: told } of rules) {
    assert.ok(told === undefined || points.has(told.receiver), title);
    for (const mute of told?.mute_time_intervals ?? []) assert.ok(mutes.has(mute), title);
  }
  const titles = rules.map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
  assert.ok(titles.includes('MySQLDown'));
  assert.doesNotMatch([...files.values()].join(''), /hooks\.example/);
});

test('every rule has a UID of its own', () => {
  const names = alertingResources(config, boards).map(
    ({ kind, metadata }) => `${kind} ${metadata.name}`,
  );
  assert.equal(new Set(names).size, names.length);
});

function integrationsOf(resources: readonly GrafanaResource[], title: string): unknown[] {
  const found = resources
    .filter(({ kind }) => kind === 'Receiver')
    .map(({ spec }) => JSON.parse(JSON.stringify(spec)))
    .find((spec) => spec.title === title);
  assert.ok(found, title);
  return found.integrations.map(({ settings }: { settings: unknown }) => settings);
}

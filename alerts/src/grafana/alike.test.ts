import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertRuleSpec, receiverSpec, routingTreeSpec } from '@sprout/grafana/testing';
import { compileConfig } from '@sprout/process';
import type { AlertsInput, SproutConfig } from '@sprout/process';
import { parse } from 'yaml';
import sproutConfig from '../../../sprout.config.ts';
import { alertmanagerConfig } from '../routing/alertmanager-config.ts';
import { fullConfig } from '../testing/config.ts';
import { alertingResources } from './resources.ts';

const to = (name: string) => ({ kind: 'webhook' as const, url: `https://${name}.example/` });
const alerts: AlertsInput = {
  deadMansSwitch: { url: 'https://switch.example/' },
  muteTimes: [{ name: 'night', zone: 'Asia/Seoul', times: [{ from: '22:00', to: '24:00' }] }],
  receivers: [
    { name: 'on-call', severities: ['page'], to: to('on-call') },
    { name: 'orders', severities: ['ticket'], teams: ['order'], to: to('orders') },
    { name: 'data', severities: ['page', 'ticket'], teams: ['mariadb', 'order'], to: to('data') },
    { name: 'all', severities: ['ticket'], to: to('all') },
  ],
};
const configWith = (ownPolicies: boolean): SproutConfig => {
  const compiled = compileConfig(
    { ...sproutConfig, alerts: { ...alerts, grafana: { ownPolicies } } },
    '/',
  );
  return { ...fullConfig, alerts: compiled.alerts };
};

/** One receiver that is told: where, with which others, how soon, how often, and when not. */
type Told = Readonly<Record<'url' | 'groupBy' | 'wait' | 'interval' | 'repeat' | 'mutes', unknown>>;
type Labels = Readonly<Record<string, string>>;

test('with policies of our own, Grafana tells of every alert whom Alertmanager tells, in the same groups', () => {
  for (const { what, here, there } of everyAlert(configWith(true))) {
    assert.deepEqual(there, here, what);
  }
});

test('without them it tells the same at the same times, in groups of one alert and folder', () => {
  for (const { what, here, there } of everyAlert(configWith(false))) {
    const finer = here.map((told) => {
      const groupBy = new Set(['grafana_folder', 'alertname', ...[told.groupBy].flat()]);
      return { ...told, groupBy: [...groupBy] };
    });
    assert.deepEqual(there, finer, what);
  }
});

/** Each rule of Grafana as it fires for a service, with who is told of it here and there. */
function everyAlert(config: SproutConfig) {
  const alertmanager = toldByAlertmanager(config);
  const grafana = toldByGrafana(config);
  const rules = alertingResources(config, []).filter(({ kind }) => kind === 'AlertRule');
  assert.ok(rules.length > 150, `${rules.length} rules`);
  const cases = rules.map(({ spec }) => {
    const rule = alertRuleSpec.parse(spec);
    const [, team = 'somebody'] = / for (\w+)$/.exec(rule.title) ?? [];
    const labels: Labels = {
      ...Object.fromEntries(
        Object.entries(rule.labels ?? {}).map(([name, text]) => [
          name,
          text.replaceAll(/\{\{ \$labels\.\w+ \}\}/g, team),
        ]),
      ),
      alertname: rule.title.split(' ')[0] ?? '',
    };
    return { what: rule.title, here: alertmanager(labels), there: grafana(rule, labels) };
  });
  // Every receiver is told of something, or the comparison says nothing.
  const urls = new Set(cases.flatMap(({ here }) => here.map(({ url }) => url)));
  assert.equal(urls.size, 5);
  return cases;
}

function toldByAlertmanager(config: SproutConfig): (labels: Labels) => Told[] {
  const historian = 'https://slo-service.example/';
  const { route: root, receivers } = parse(alertmanagerConfig(config, historian));
  return (labels) => {
    const told: Told[] = [];
    for (const route of root.routes) {
      if (!matches((route.matchers ?? []).map(matcherOf), labels)) continue;
      const { webhook_configs: hooks } = receivers.find(
        ({ name }: { name: string }) => name === route.receiver,
      );
      for (const { url } of hooks) {
        if (url === historian) continue;
        told.push({
          url,
          groupBy: route.group_by ?? root.group_by,
          wait: route.group_wait ?? root.group_wait,
          interval: route.group_interval ?? root.group_interval,
          repeat: route.repeat_interval ?? root.repeat_interval,
          mutes: route.mute_time_intervals ?? [],
        });
      }
      if (route.continue !== true) break;
    }
    return told.toSorted(byUrl);
  };
}

function toldByGrafana(config: SproutConfig) {
  const resources = alertingResources(config, []);
  const specsOf = (kind: string) =>
    resources.filter((one) => one.kind === kind).map(({ spec }) => spec);
  const urls = new Map(
    specsOf('Receiver')
      .map((spec) => receiverSpec.parse(spec))
      .map(({ title, integrations }) => [title, integrations.map(({ settings }) => settings)]),
  );
  const trees = specsOf('RoutingTree').map((spec) => routingTreeSpec.parse(spec));
  return (
    { notificationSettings: named }: ReturnType<typeof alertRuleSpec.parse>,
    labels: Labels,
  ) => {
    if (named === undefined) return [];
    const route =
      named.type === 'NamedRoutingTree'
        ? trees[0]?.routes.find(({ matchers = [] }) => matches(matchers, labels))
        : {
            receiver: named.receiver,
            // What Grafana makes of the labels that the settings of a rule name.
            group_by: [...new Set(['grafana_folder', 'alertname', ...(named.groupBy ?? [])])],
            group_wait: named.groupWait,
            group_interval: named.groupInterval,
            repeat_interval: named.repeatInterval,
            mute_time_intervals: named.muteTimeIntervals,
          };
    assert.ok(route, 'no route takes it');
    return (urls.get(route.receiver ?? '') ?? [])
      .map((settings): Told => ({
        url: 'url' in settings ? settings.url : undefined,
        groupBy: route.group_by,
        wait: route.group_wait,
        interval: route.group_interval,
        repeat: route.repeat_interval,
        mutes: (route.mute_time_intervals ?? []).map((name) => name.replace(/^sprout-/, '')),
      }))
      .toSorted(byUrl);
  };
}

interface Matcher {
  readonly label: string;
  readonly type: string;
  readonly value: string;
}

function matcherOf(text: string): Matcher {
  const [, label = '', type = '', value = ''] =
    /^(\w+)(=~|=)"(.*)"$/.exec(text) ?? assert.fail(text);
  return { label, type, value };
}

const matches = (matchers: readonly Matcher[], labels: Labels): boolean =>
  matchers.every(({ label, type, value }) => {
    const carried = labels[label] ?? '';
    return type === '=' ? carried === value : new RegExp(`^(?:${value})$`).test(carried);
  });

const byUrl = (a: Told, b: Told) => String(a.url).localeCompare(String(b.url));

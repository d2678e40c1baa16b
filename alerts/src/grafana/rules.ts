import type { DashboardModel, RuleGroupModel, RuleModel, RuleOptions } from '@sprout/grafana';
import type { AlertsConfig, SproutConfig } from '@sprout/process';
import { buildRules } from '../build-rules.ts';
import type { AlertRule, Rule } from '../rule/rule.ts';
import { notifyOf, watchdogNotify } from './notify.ts';
import { panelFinder } from './panels.ts';
import type { PanelFinder } from './panels.ts';
import { routingTree } from './policies.ts';
import { byTeam } from './teams.ts';

/** The groups of a configuration as both APIs of Grafana take them; alerts name panels of `boards`. */
export function ruleGroups(
  config: SproutConfig,
  boards: readonly DashboardModel[],
): RuleGroupModel[] {
  const { alerts } = config;
  const panelOf = panelFinder(boards);
  const groups = buildRules(config).map(({ name, intervalSeconds, rules }) => ({
    name,
    // Grafana evaluates at multiples of ten seconds.
    intervalSeconds: Math.max(10, Math.round(intervalSeconds / 10) * 10),
    rules: rules
      .filter((rule) => alerts.deadMansSwitch !== undefined || !isWatchdog(rule))
      .flatMap((rule) => ruleModels(rule, alerts, panelOf)),
  }));
  return withOwnTitles(groups);
}

/** It always fires: without a switch to hold it would go to whom Grafana tells of everything. */
const isWatchdog = (rule: Rule): boolean => rule.kind === 'alert' && rule.alert === 'Watchdog';

/** Where rules read and write, and the tree that routes their alerts. */
export const ruleOptions = ({ alerts }: Pick<SproutConfig, 'alerts'>): RuleOptions => ({
  datasourceUid: alerts.grafana.datasourceUid,
  targetDatasourceUid: alerts.grafana.recordingDatasourceUid,
  ...(alerts.grafana.ownPolicies && { routingTree }),
});

/** Grafana takes a title once in a folder; where two would share it, each has its key instead. */
function withOwnTitles(groups: readonly RuleGroupModel[]): RuleGroupModel[] {
  const titles = groups.flatMap(({ rules }) => rules.map(titleOf));
  const isShared = (title: string) => titles.indexOf(title) !== titles.lastIndexOf(title);
  const own = (rule: RuleModel) =>
    rule.kind === 'alert' && isShared(rule.title) ? { ...rule, title: rule.key } : rule;
  return groups.map((group) => ({ ...group, rules: group.rules.map(own) }));
}

const titleOf = (rule: RuleModel): string => (rule.kind === 'alert' ? rule.title : rule.key);

function ruleModels(rule: Rule, alerts: AlertsConfig, panelOf: PanelFinder): RuleModel[] {
  const { objective, route, owner } = rule.labels;
  const identity = [objective, route, owner].filter(Boolean).join(' ');
  if (rule.kind === 'recording') {
    const key = `${rule.record} ${identity}`;
    const common = { expr: rule.expr.text, labels: rule.labels, key };
    return [{ ...common, kind: 'recording', metric: rule.record }];
  }
  const key = `${rule.alert} ${identity} ${rule.labels.severity}`.replace(/ +/g, ' ');
  const title = identity === '' ? rule.alert : `${rule.alert} ${identity}`;
  const panel = panelOf(rule);
  return byTeam(rule, alerts).map(({ expr, team, suffix }) => {
    const notify = isWatchdog(rule) ? watchdogNotify : notifyOf(alerts, rule.labels.severity, team);
    return {
      kind: 'alert',
      key: `${key}${suffix}`,
      title: `${title}${suffix}`,
      expr: expr.text,
      labels: rule.labels,
      forSeconds: rule.forSeconds,
      annotations: withoutQueries(rule.annotations),
      ...(notify !== undefined && { notify }),
      ...(panel !== undefined && { panel }),
    };
  });
}

/** Grafana's templates cannot ask for other series than the rule's. */
const withoutQueries = (annotations: AlertRule['annotations']) =>
  Object.fromEntries(
    Object.entries(annotations).filter(([, text]) => !text.includes('with query')),
  );

import { alertPairs, buildRules } from '@sprout/alerts/rules';
import type { Rule } from '@sprout/alerts/rules';
import { availability, badEventsMin, objective, rolling } from '@sprout/objectives';
import { compileConfig } from '@sprout/process';
import { counter, noPanel } from '@sprout/signals';
import { requests } from './rule-set.ts';
import type { BenchRule, RuleSet } from './rule-set.ts';

/** The rules that `sprout alerts build` writes for one objective of 30 days. */
export function ours(target: number): RuleSet {
  const config = compileConfig(shop(target), '/');
  const [compiled] = config.objectives;
  if (compiled === undefined) throw new RangeError('the shop has no objective');
  const groups = buildRules(config).filter(({ name }) => name.startsWith('slo-'));
  return {
    tool: 'Sprout',
    groups: groups.map(({ name, intervalSeconds, rules }) => ({
      name,
      intervalSeconds,
      purpose: 'alerts',
      rules: rules.map(benchRule),
    })),
    alertNames: {
      page: ['ErrorBudgetBurnFast', 'ErrorBudgetBurnMedium'],
      ticket: ['ErrorBudgetBurnSlow', 'ErrorBudgetBurnCreeping'],
    },
    pairs: alertPairs(compiled, 1).map((pair) => ({
      severity: pair.severity === 'page' ? 'page' : 'ticket',
      ratioAbove: pair.factor * (1 - target),
      longMinutes: pair.long.seconds / 60,
      shortMinutes: pair.short.seconds / 60,
      badEventsMin,
      forMinutes: 0,
      everyMinutes: { fast: 1, medium: 1, slow: 5 }[pair.speed],
      averages: true,
      needsHistory: pair.needsHistory,
    })),
  };
}

function shop(target: number) {
  const counted = counter(requests, {
    help: 'Requests.',
    owner: 'shop',
    labels: { outcome: ['good', 'bad'] },
    panel: noPanel(),
    noAlert: 'a bench',
  });
  return {
    market: { enabled: false },
    services: [{ name: 'shop', endpoint: { url: 'http://127.0.0.1:1' } }],
    signals: [counted],
    objectives: [
      objective('shop', {
        owner: 'shop',
        target,
        window: rolling('30d'),
        pages: true,
        sli: availability(counted.where({}), { bad: counted.where({ outcome: ['bad'] }) }),
      }),
    ],
  };
}

function benchRule(rule: Rule): BenchRule {
  const { expr, labels } = rule;
  return rule.kind === 'recording'
    ? { record: rule.record, expr: expr.text, labels }
    : { alert: rule.alert, expr: expr.text, labels };
}

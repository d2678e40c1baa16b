import { atom } from '@sprout/query';
import type { Rule, RuleGroup } from '../rule/rule.ts';

/** A mistake in the expressions of rules; without a pattern, alerts forget their `for`. */
export interface Mutation {
  readonly from?: RegExp;
  readonly to: string;
}

/** Rules with a mistake in them. */
export function mutated(groups: readonly RuleGroup[], { from, to }: Mutation): RuleGroup[] {
  const change = (rule: Rule): Rule => {
    if (from !== undefined) return { ...rule, expr: atom(rule.expr.text.replaceAll(from, to)) };
    return rule.kind === 'alert' ? { ...rule, forSeconds: 0 } : rule;
  };
  return groups.map((group) => ({ ...group, rules: group.rules.map(change) }));
}

import { formatDuration } from '@sprout/query';
import { stringify } from 'yaml';
import type { Rule, RuleGroup } from './rule.ts';

/** Writes groups as a rule file of Prometheus or Mimir; equal groups give equal bytes. */
export function printRules(groups: readonly RuleGroup[]): string {
  return printYaml({
    groups: groups.map(({ name, intervalSeconds, rules }) => ({
      name,
      interval: formatDuration(intervalSeconds),
      rules: rules.map(ruleFields),
    })),
  });
}

/** Writes a document the way every generated file here is written. */
export function printYaml(document: unknown): string {
  return `# Written by "sprout alerts build"; change the code instead.\n${stringify(document, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })}`;
}

function ruleFields(rule: Rule): object {
  if (rule.kind === 'recording') {
    return { record: rule.record, expr: rule.expr.text, labels: rule.labels };
  }
  return {
    alert: rule.alert,
    expr: rule.expr.text,
    ...(rule.forSeconds > 0 && { for: formatDuration(rule.forSeconds) }),
    labels: rule.labels,
    annotations: rule.annotations,
  };
}

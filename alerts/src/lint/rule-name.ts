import type { Rule } from '../rule/rule.ts';

/** How a finding names its rule. */
export function nameOf(rule: Rule): string {
  const objective = rule.labels['objective'];
  const of = objective === undefined ? '' : ` of ${objective}`;
  return rule.kind === 'alert' ? `alert ${rule.alert}${of}` : `record ${rule.record}${of}`;
}

import type { Rule } from '../rule/rule.ts';

/** Something wrong with a rule, and where. */
export interface Finding {
  /** For example `alert TargetDown` or `record slo:bad_events:rate5m`. */
  readonly where: string;
  readonly message: string;
}

/** How a finding names its rule. */
export function nameOf(rule: Rule): string {
  const objective = rule.labels['objective'];
  const of = objective === undefined ? '' : ` of ${objective}`;
  return rule.kind === 'alert' ? `alert ${rule.alert}${of}` : `record ${rule.record}${of}`;
}

export { buildRules } from './build-rules.ts';
export { alertPairs } from './objective-rules/pairs.ts';
export { alertmanagerConfig, webhookPath } from './routing/alertmanager-config.ts';
export { alertsIn } from './rule/rule.ts';
export type { AlertRule, RecordingRule, Rule, RuleGroup, Severity } from './rule/rule.ts';
export { printRules } from './rule/print.ts';
export { boardOf } from './signal-rules/board.ts';

import type { Expression } from '@sprout/query';

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly kind: 'recording';
  readonly record: string;
  readonly expr: Expression;
  readonly labels: Readonly<Record<string, string>>;
}

export type Severity = 'page' | 'ticket' | 'info';

/** A condition that somebody is told of. Labels never hold a value, annotations may. */
export interface AlertRule {
  readonly kind: 'alert';
  readonly alert: string;
  readonly expr: Expression;
  /** Seconds of the clock that the condition must hold before it fires; 0 fires at once. */
  readonly forSeconds: number;
  readonly labels: AlertLabels;
  readonly annotations: AlertAnnotations;
}

/** `page_group` is never missing: Alertmanager takes two missing labels for equal ones. */
export type AlertLabels = Readonly<Record<string, string>> & {
  readonly severity: Severity;
  readonly page_group: string;
  readonly team: string;
};

export type AlertAnnotations = Readonly<Record<string, string>> & {
  readonly summary: string;
  readonly description: string;
  /** What breaks for whom. */
  readonly impact: string;
  readonly first_step: string;
  readonly runbook_url: string;
  readonly dashboard_url: string;
};

export type Rule = RecordingRule | AlertRule;

/** Rules evaluated one after the other at the same instant; later ones see earlier ones. */
export interface RuleGroup {
  readonly name: string;
  readonly intervalSeconds: number;
  readonly rules: readonly Rule[];
}

/** All alert rules of some groups. */
export function alertsIn(groups: readonly RuleGroup[]): AlertRule[] {
  return groups.flatMap(({ rules }) => rules.filter((rule) => rule.kind === 'alert'));
}

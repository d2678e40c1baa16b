import type { AlertsConfig } from '@sprout/process';
import { and, call, or, unless } from '@sprout/query';
import type { Expression } from '@sprout/query';
import type { InhibitRule } from '../routing/inhibition.ts';
import type { AlertRule } from '../rule/rule.ts';
import { teamsNamed } from './contact-points.ts';

/** A rule, or the part of it that is about one team. */
export interface TeamPart {
  readonly expr: Expression;
  /** Undefined: none that a receiver asks for by name. */
  readonly team: string | undefined;
  /** Tells the parts of a rule apart. */
  readonly suffix: string;
}

/**
 * A rule of Grafana tells one contact point, whatever labels its alerts have. A rule whose team is
 * known only when it fires (`{{ $labels.service }}`) is therefore cut into one for each team that
 * receivers ask for, and one for the others.
 */
export function byTeam({ expr, labels }: AlertRule, alerts: AlertsConfig): TeamPart[] {
  const named = teamsNamed(alerts, labels.severity);
  const [, label] = /\{\{ \$labels\.(\w+) \}\}/.exec(labels.team) ?? [];
  if (label === undefined) {
    return [{ expr, team: named.find((team) => team === labels.team), suffix: '' }];
  }
  const [first, ...others] = named.map((team) => carrying(label, team));
  if (first === undefined) return [{ expr, team: undefined, suffix: '' }];
  const anyNamed = others.reduce((left, right) => or(left, right), first);
  return [
    { expr: unless(expr, anyNamed, [label]), team: undefined, suffix: '' },
    ...named.map((team) => ({
      expr: and(expr, carrying(label, team), [label]),
      team,
      suffix: ` for ${team}`,
    })),
  ];
}

/** A series with one label, which needs no data to be there. */
const carrying = (label: string, value: string): Expression =>
  call('label_replace', 'vector(1)', ...[label, value, '', ''].map(quoted));

const quoted = (value: string) => JSON.stringify(value);

/** Inhibition that knows a rule's parts, whose `alertname` is the title of each. */
export function inhibitingParts(rule: InhibitRule, { receivers }: AlertsConfig): InhibitRule {
  if (receivers.every(({ teams }) => teams === undefined)) return rule;
  const widened = (matcher: string) =>
    matcher.replace(/^alertname=~?"(.*)"$/, 'alertname=~"($1)( for .+)?"');
  return {
    ...rule,
    source_matchers: rule.source_matchers.map(widened),
    target_matchers: rule.target_matchers.map(widened),
  };
}

import type { Check, CheckText, Found } from '@sprout/lint';
import type { KnownLabels } from '@sprout/query';
import { atom } from '@sprout/query';
import { alertsIn } from '../../rule/rule.ts';
import type { AlertRule, RecordingRule, RuleGroup } from '../../rule/rule.ts';
import type { UnitTestFile } from '../../unit-tests/promtool-test.ts';
import { nameOf } from '../rule-name.ts';

/** Everything about the rules of a configuration that can be wrong. */
export interface RuleSubject {
  readonly groups: readonly RuleGroup[];
  readonly tests: readonly UnitTestFile[];
  /** Runbooks by the name of their alert. */
  readonly runbooks: ReadonlyMap<string, string>;
  /** Labels of the series that rules read. */
  readonly known: KnownLabels;
}

interface AlertCheck extends CheckText {
  /** What of an alert makes the example wrong. */
  readonly bad: Partial<AlertRule>;
  messages(rule: AlertRule, subject: RuleSubject): readonly string[];
}

/** A check that looks at one alert at a time. */
export function alertCheck({ bad, messages, ...text }: AlertCheck): Check<RuleSubject> {
  return {
    ...text,
    bad: { text: printed(bad), subject: subjectOf([{ ...exampleAlert, ...bad }]) },
    find: (subject) =>
      alertsIn(subject.groups).flatMap((rule) =>
        messages(rule, subject).map((message): Found => ({ where: nameOf(rule), message })),
      ),
  };
}

interface GroupCheck extends CheckText {
  readonly bad: Partial<RuleGroup>;
  messages(group: RuleGroup, subject: RuleSubject): readonly string[];
}

/** A check that looks at one group at a time. */
export function groupCheck({ bad, messages, ...text }: GroupCheck): Check<RuleSubject> {
  const example = { ...subjectOf([]).groups[0], name: 'example', intervalSeconds: 15, rules: [] };
  return {
    ...text,
    bad: { text: printed(bad), subject: { ...subjectOf([]), groups: [{ ...example, ...bad }] } },
    find: (subject) =>
      subject.groups.flatMap((group) =>
        messages(group, subject).map((message) => ({ where: `group ${group.name}`, message })),
      ),
  };
}

/** A recording of an example. */
export const recording = (record: string, expr: string): RecordingRule => ({
  kind: 'recording',
  record,
  expr: atom(expr),
  labels: {},
});

/** An alert that every check accepts, apart from its runbook and its tests. */
export const exampleAlert: AlertRule = {
  kind: 'alert',
  alert: 'QueueLong',
  expr: atom('max by (service, queue) (queue_depth) > 100'),
  forSeconds: 60,
  labels: { severity: 'ticket', team: 'market', page_group: 'queue' },
  annotations: {
    summary: 'queue {{ $labels.queue }} is long',
    description: 'Orders wait.',
    impact: 'Customers wait for their orders.',
    first_step: 'Look at the consumers.',
    runbook_url: 'alerts/runbooks/QueueLong.md',
    dashboard_url: 'https://grafana.example/d/service-red',
  },
};

/** Rules of an example. */
export const subjectOf = (rules: readonly AlertRule[]): RuleSubject => ({
  groups: [{ name: 'example', intervalSeconds: 15, rules }],
  tests: [],
  runbooks: new Map(),
  known: { signals: [{ name: 'queue_depth', type: 'gauge', labels: { queue: 'any' } }] },
});

const printed = (bad: object): string =>
  JSON.stringify(bad, (_, value) => (hasText(value) ? value.text : value), 2);

const hasText = (value: unknown): value is { readonly text: string } =>
  typeof value === 'object' && value !== null && 'text' in value;

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertsIn } from '../rule/rule.ts';
import type { AlertRule, RuleGroup } from '../rule/rule.ts';
import type { UnitTestFile } from '../unit-tests/promtool-test.ts';
import { nameOf } from './finding.ts';
import type { Finding } from './finding.ts';

/** What a runbook tells, in this order. */
const runbookHeadings = ['## Meaning', '## Impact', '## Diagnosis', '## Mitigation'];

/**
 * Alerts whose labels carry a value, that Alertmanager cannot tell apart, that no unit test
 * fires, or that lead to no whole runbook in `runbooks`.
 */
export function checkAlerts(
  groups: readonly RuleGroup[],
  tests: readonly UnitTestFile[],
  runbooks: string,
): Finding[] {
  const alerts = alertsIn(groups);
  return [
    ...alerts.flatMap(valuesInLabels),
    ...twins(alerts),
    ...untested(alerts, tests),
    ...[...new Set(alerts.map(({ alert }) => alert))].flatMap((name) =>
      runbookProblems(name, join(runbooks, `${name}.md`)),
    ),
  ];
}

/** A value in a label makes a new alert at each evaluation. */
function valuesInLabels(rule: AlertRule): Finding[] {
  return Object.entries(rule.labels)
    .filter(([, text]) => text.includes('$value'))
    .map(([label]) => ({ where: nameOf(rule), message: `label ${label} holds a value` }));
}

function twins(alerts: readonly AlertRule[]): Finding[] {
  const identity = ({ alert, labels }: AlertRule) => JSON.stringify([alert, labels]);
  return [...Map.groupBy(alerts, identity).values()].flatMap(([first, second]) =>
    first !== undefined && second !== undefined
      ? { where: nameOf(first), message: 'two rules have the same name and labels' }
      : [],
  );
}

function untested(alerts: readonly AlertRule[], tests: readonly UnitTestFile[]): Finding[] {
  const expectations = tests.flatMap((file) => file.tests).flatMap((test) => test.expectations);
  const firedByName = Map.groupBy(expectations, ({ alertname }) => alertname);
  const isFired = ({ alert, labels }: AlertRule) =>
    (firedByName.get(alert) ?? []).some((expectation) =>
      expectation.alerts.some((fired) => carries(fired.labels, labels)),
    );
  return alerts
    .filter((rule) => !isFired(rule))
    .map((rule) => ({ where: nameOf(rule), message: 'no unit test fires it' }));
}

/** Whether an alert has the labels that its rule writes; those that it fills in may be anything. */
const carries = (fired: Readonly<Record<string, string>>, written: AlertRule['labels']): boolean =>
  Object.entries(written).every(([label, text]) => text.includes('{{') || fired[label] === text);

function runbookProblems(alert: string, path: string): Finding[] {
  const where = `alert ${alert}`;
  if (!existsSync(path)) return [{ where, message: `there is no runbook ${path}` }];
  const text = readFileSync(path, 'utf8');
  const places = [`# ${alert}\n`, ...runbookHeadings].map((heading) => text.indexOf(heading));
  const whole = places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
  return whole
    ? []
    : [{ where, message: `${path} needs "# ${alert}" and ${runbookHeadings.join(', ')}` }];
}

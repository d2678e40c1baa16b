import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { AlertRule } from '../rule/rule.ts';
import { objectiveUnmeasured } from '../signal-rules/objective-unmeasured.ts';
import { routeUnreachableAlerts } from '../signal-rules/route-unreachable.ts';
import { watchdog } from '../signal-rules/watchdog.ts';
import { absenceTests } from './absence-tests.ts';
import { counterValues, seriesText } from './promtool-test.ts';
import type { UnitTest, UnitTestFile } from './promtool-test.ts';
import { fillAll } from './template.ts';

/** Tests of the alerts that no signal and no objective declares; what is absent by the minute. */
export function platformTestFiles(
  config: SproutConfig,
  groupOrder: readonly string[],
): UnitTestFile[] {
  const stepSeconds = timing(config.timeScale).scrapeIntervalMs / 1000;
  const quick = [
    watchdogTest(watchdog(config), stepSeconds),
    ...routeUnreachableAlerts(config).flatMap((rule) => [
      routeUnreachableTest(rule, stepSeconds),
      neverArrivedTest(rule, stepSeconds),
      probesGoneTest(rule, stepSeconds),
    ]),
  ];
  const absent = [
    ...(config.objectives.length === 0 ? [] : [unmeasuredTest(objectiveUnmeasured(config))]),
    ...absenceTests(config),
  ];
  const fileOf = (name: string, evaluationSeconds: number, tests: readonly UnitTest[]) =>
    tests.length === 0 ? [] : [{ name, evaluationSeconds, groupOrder, tests }];
  return [
    ...fileOf('platform', stepSeconds, quick),
    // As often as their group is evaluated; they look back an hour, and promtool takes its time.
    ...fileOf('absence', 4 * stepSeconds, absent),
  ];
}

function watchdogTest({ alert, labels, annotations }: AlertRule, stepSeconds: number): UnitTest {
  const alerts = [{ labels, annotations }];
  return {
    name: `${alert}: always fires, without any data`,
    stepSeconds,
    series: [],
    expectations: [0, 40].map((step) => ({
      atSeconds: step * stepSeconds,
      alertname: alert,
      alerts,
    })),
  };
}

/** The recording is there for ten minutes and then gone, in steps of a minute. */
function unmeasuredTest(rule: AlertRule): UnitTest {
  const labels = { objective: 'some-promise' };
  const minutes = (count: number) => (count * rule.forSeconds) / 5;
  const firing = [
    {
      labels: { ...labels, ...fillAll(rule.labels, labels, 0) },
      annotations: fillAll(rule.annotations, labels, 0),
    },
  ];
  const at = (minute: number, fires: boolean) => ({
    atSeconds: minutes(minute),
    alertname: rule.alert,
    alerts: fires ? firing : [],
  });
  return {
    name: `${rule.alert}: quiet while events are recorded, fires when they stop, forgets`,
    stepSeconds: minutes(1),
    series: [{ series: seriesText('slo:valid_events:rate5m', labels), values: '0x10 _x90' }],
    expectations: [at(10, false), at(14, false), at(22, true), at(85, false)],
  };
}

/** Steps of the probe's cadence: 3 minutes each. */
const phase = 12;

function routeUnreachableTest(rule: AlertRule, stepSeconds: number): UnitTest {
  return probeTest(
    rule,
    stepSeconds,
    'quiet while one probe of two arrives, fires when none does, resolves',
    { arrived: [1, 0, 1], unreachable: [1, 1, 0] },
    [
      { step: phase - 1, firing: false },
      // A minute for the last arrival to leave the window, a minute of `for`.
      { step: phase + 4, firing: false },
      { step: phase + 9, firing: true },
      { step: 2 * phase + 2, firing: false },
    ],
  );
}

function neverArrivedTest(rule: AlertRule, stepSeconds: number): UnitTest {
  return probeTest(
    rule,
    stepSeconds,
    'quiet while no probe has ever arrived',
    { arrived: [0], unreachable: [1] },
    [{ step: phase - 1, firing: false }],
  );
}

function probesGoneTest(rule: AlertRule, stepSeconds: number): UnitTest {
  return probeTest(
    rule,
    stepSeconds,
    'goes with its data',
    { arrived: [1, 0, undefined], unreachable: [0, 1, undefined] },
    [
      { step: 2 * phase - 1, firing: true },
      { step: 3 * phase - 1, firing: false },
    ],
  );
}

function probeTest(
  rule: AlertRule,
  stepSeconds: number,
  what: string,
  perStep: Readonly<Record<'arrived' | 'unreachable', readonly (number | undefined)[]>>,
  checks: readonly { step: number; firing: boolean }[],
): UnitTest {
  const route = rule.labels['route'] ?? '';
  const firing = [{ labels: rule.labels, annotations: rule.annotations }];
  return {
    name: `${rule.alert} ${route}: ${what}`,
    stepSeconds,
    series: (['arrived', 'unreachable'] as const).map((outcome) => ({
      series: seriesText('probe_requests_total', { outcome, route, probe: `probe-${route}` }),
      values: counterValues(perStep[outcome].map((events) => ({ steps: phase, perStep: events }))),
    })),
    expectations: checks.map((check) => ({
      atSeconds: check.step * stepSeconds,
      alertname: rule.alert,
      alerts: check.firing ? firing : [],
    })),
  };
}

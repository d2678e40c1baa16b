import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { AlertRule } from '../rule/rule.ts';
import { routeUnreachableAlerts } from '../signal-rules/route-unreachable.ts';
import { watchdog } from '../signal-rules/watchdog.ts';
import { counterValues, seriesText } from './promtool-test.ts';
import type { UnitTest, UnitTestFile } from './promtool-test.ts';

/** Tests of the alerts that no signal and no objective declares. */
export function platformTestFile(
  config: SproutConfig,
  groupOrder: readonly string[],
): UnitTestFile {
  const stepSeconds = timing(config.timeScale).scrapeIntervalMs / 1000;
  return {
    name: 'platform',
    evaluationSeconds: stepSeconds,
    groupOrder,
    tests: [
      watchdogTest(watchdog(config), stepSeconds),
      ...routeUnreachableAlerts(config).flatMap((rule) => [
        routeUnreachableTest(rule, stepSeconds),
        neverArrivedTest(rule, stepSeconds),
        probesGoneTest(rule, stepSeconds),
      ]),
    ],
  };
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

import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { absenceAlerts, absenceForSeconds, steadySignals } from '../signal-rules/absence.ts';
import type { AlertRule } from '../rule/rule.ts';
import { seriesText } from './promtool-test.ts';
import type { Expectation, InputSeries, UnitTest } from './promtool-test.ts';
import { fillAll } from './template.ts';

/** Tests of what tells that something is not there any more, in steps of a minute. */
export function absenceTests(config: SproutConfig): UnitTest[] {
  const minuteSeconds = timing(config.timeScale).scaled(absenceForSeconds) / 5;
  const steady = steadySignals(config);
  return absenceAlerts(config).flatMap((rule) => {
    if (rule.alert === 'TargetGone') {
      return [targetGoneTest(rule, config.services[0]?.name ?? '', minuteSeconds)];
    }
    const metrics = steady.get(rule.labels['owner'] ?? 'any') ?? [];
    return [signalGoneTest(rule, metrics, minuteSeconds), downTest(rule, metrics, minuteSeconds)];
  });
}

/** One of two targets leaves after 10 minutes, the other after 30. */
function targetGoneTest(rule: AlertRule, service: string, minuteSeconds: number): UnitTest {
  return {
    name: `${rule.alert}: quiet when one of two leaves, fires when none is left, forgets`,
    stepSeconds: minuteSeconds,
    series: [series('up', service, 1, '1x10 _x120'), series('up', service, 2, '1x30 _x100')],
    expectations: expected(rule, service, minuteSeconds, [
      [22, false],
      [34, false],
      [42, true],
      [105, false],
    ]),
  };
}

/** One metric goes after 10 minutes and comes back after 30; the target answers all the time. */
function signalGoneTest(
  rule: AlertRule,
  metrics: readonly string[],
  minuteSeconds: number,
): UnitTest {
  const service = 'some-service';
  const [first = '', ...others] = metrics;
  return {
    name: `${rule.alert} of ${rule.labels['owner'] ?? 'any service'}: quiet while all are there, fires when one goes, resolves`,
    stepSeconds: minuteSeconds,
    series: [
      series('up', service, 1, '1x60'),
      series(first, service, 1, '1x10 _x20 1x30'),
      ...others.map((metric) => series(metric, service, 1, '1x60')),
    ],
    expectations: expected(rule, service, minuteSeconds, [
      [10, false],
      [14, false],
      [22, true],
      [35, false],
    ]),
  };
}

/** All metrics go with their target, of which another alert tells. */
function downTest(rule: AlertRule, metrics: readonly string[], minuteSeconds: number): UnitTest {
  const service = 'some-service';
  return {
    name: `${rule.alert} of ${rule.labels['owner'] ?? 'any service'}: quiet while the target is down, or gone`,
    stepSeconds: minuteSeconds,
    series: [
      series('up', service, 1, '1x10 0x20 _x40'),
      ...metrics.map((metric) => series(metric, service, 1, '1x10 _x60')),
    ],
    expectations: expected(rule, service, minuteSeconds, [
      [22, false],
      [45, false],
    ]),
  };
}

const series = (metric: string, service: string, target: number, values: string): InputSeries => ({
  series: seriesText(metric, { service, job: service, instance: `127.0.0.1:${target}` }),
  values,
});

function expected(
  rule: AlertRule,
  service: string,
  minuteSeconds: number,
  checks: readonly (readonly [minute: number, fires: boolean])[],
): Expectation[] {
  const labels = { service };
  const firing = {
    labels: { ...labels, ...fillAll(rule.labels, labels, 0) },
    annotations: fillAll(rule.annotations, labels, 0),
  };
  return checks.map(([minute, fires]) => ({
    atSeconds: minute * minuteSeconds,
    alertname: rule.alert,
    alerts: fires ? [firing] : [],
  }));
}

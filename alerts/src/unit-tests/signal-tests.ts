import type { SproutConfig } from '@sprout/process';
import { timing } from '@sprout/process';
import { alertsIn } from '../rule/rule.ts';
import type { AlertRule } from '../rule/rule.ts';
import { signalGroup } from '../signal-rules/signal-alerts.ts';
import { observe } from './observations.ts';
import type { Level } from './observations.ts';
import type { UnitTest, UnitTestFile } from './promtool-test.ts';
import { fillAll } from './template.ts';

type Signal = SproutConfig['signals'][number];
type Hint = NonNullable<Signal['alert']>;

/** Rates look at five minutes; a step of these tests is a minute. */
const rateWindowSteps = 5;

/** Tests of every alert that a signal declares. */
export function signalTestFile(config: SproutConfig, groupOrder: readonly string[]): UnitTestFile {
  const stepSeconds = timing(config.timeScale).scaled(60);
  const alerts = alertsIn([signalGroup(config)]);
  return {
    name: 'signals',
    evaluationSeconds: stepSeconds,
    groupOrder,
    tests: config.signals.flatMap((signal) => {
      const { alert: hint } = signal;
      const rule = alerts.find(({ alert }) => alert === hint?.name);
      return hint === undefined || rule === undefined
        ? []
        : bounds(hint).map((bound) => boundTest(signal, hint, bound, rule, stepSeconds));
    }),
  };
}

interface Bound {
  readonly name: 'above' | 'below';
  readonly at: number;
}

function bounds({ above, below }: Hint): Bound[] {
  return [
    ...(above === undefined ? [] : [{ name: 'above' as const, at: above }]),
    ...(below === undefined ? [] : [{ name: 'below' as const, at: below }]),
  ];
}

function boundTest(
  signal: Signal,
  hint: Hint,
  bound: Bound,
  rule: AlertRule,
  stepSeconds: number,
): UnitTest {
  const forSteps = Math.ceil(rule.forSeconds / stepSeconds);
  // Long enough for `for` and for a 5-minute window to be filled by one phase.
  const steps = forSteps + rateWindowSteps + 2;
  const levels: Level[] = ['quiet', 'bad', 'quiet', 'gone'];
  const { series, labels, value } = observe(signal, hint, bound, levels, steps, stepSeconds);
  const at = (step: number) => step * stepSeconds;
  const alerts = [
    {
      labels: { ...labels, ...fillAll(rule.labels, labels, value) },
      annotations: fillAll(rule.annotations, labels, value),
    },
  ];
  const expected = (step: number, firing: boolean) => ({
    atSeconds: at(step),
    alertname: rule.alert,
    alerts: firing ? alerts : [],
  });
  return {
    name: `${rule.alert}: quiet at ${bound.at}, fires ${bound.name} it, resolves, goes with its data`,
    stepSeconds,
    series,
    expectations: [
      expected(steps - 1, false),
      expected(steps + forSteps - 1, false),
      expected(2 * steps - 1, true),
      expected(3 * steps - 1, false),
      expected(4 * steps - 1, false),
    ],
  };
}

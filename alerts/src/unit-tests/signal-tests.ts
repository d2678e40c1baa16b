import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { alertsOf } from '@sprout/signals';
import { alertsIn } from '../rule/rule.ts';
import type { AlertRule } from '../rule/rule.ts';
import type { CompiledHint } from '../signal-rules/compiled.ts';
import { signalGroups } from '../signal-rules/signal-alerts.ts';
import { saysValue } from '../texts/signal-texts.ts';
import { observe } from './observations.ts';
import type { Level } from './observations.ts';
import { badQuantile } from './observed-buckets.ts';
import { plain } from './promtool-test.ts';
import type { UnitTest, UnitTestFile } from './promtool-test.ts';
import { inheritedLabels, watchedLabels } from './signal-labels.ts';
import { sceneOf } from './signal-scene.ts';
import type { Bound, Scene } from './signal-scene.ts';
import { fillAll } from './template.ts';

/** Tests of every alert that a signal declares; those of one step share a file. */
export function signalTestFiles(
  config: SproutConfig,
  groupOrder: readonly string[],
): UnitTestFile[] {
  const rules = alertsIn(signalGroups(config));
  const tests = config.signals.flatMap((signal) =>
    alertsOf(signal).flatMap((hint) => {
      const rule = rules.find(({ alert }) => alert === hint.name);
      if (rule === undefined) return [];
      return boundsOf(hint).map((bound) =>
        boundTest(sceneOf(signal, hint, bound, config.timeScale), rule),
      );
    }),
  );
  return [...Map.groupBy(tests, ({ stepSeconds }) => stepSeconds * config.timeScale)].map(
    ([nominalSeconds, members]) => ({
      name: nominalSeconds === 60 ? 'signals' : `signals-${formatDuration(nominalSeconds)}`,
      evaluationSeconds: members[0]?.stepSeconds ?? nominalSeconds,
      groupOrder,
      tests: members,
    }),
  );
}

function boundsOf({ of, above, below }: CompiledHint): Bound[] {
  if (of === 'absence') return [{ name: 'below', at: 0 }];
  return [
    ...(above === undefined ? [] : [{ name: 'above' as const, at: above }]),
    ...(below === undefined ? [] : [{ name: 'below' as const, at: below }]),
  ];
}

function boundTest(scene: Scene, rule: AlertRule): UnitTest {
  const { leadSteps, steps, forSteps, stepSeconds, hint, bound } = scene;
  const isAbsence = hint.of === 'absence';
  const levels: Level[] = isAbsence ? ['quiet', 'gone', 'gone'] : ['quiet', 'bad', 'quiet', 'gone'];
  const alerts = [firing(scene, rule)];
  const expected = (step: number, fires: boolean) => ({
    atSeconds: (leadSteps + step) * stepSeconds,
    alertname: rule.alert,
    alerts: fires ? alerts : [],
  });
  return {
    name: isAbsence
      ? `${rule.alert}: quiet while it is there, fires when it is gone, forgets`
      : `${rule.alert}: quiet at ${plain(scene.quiet)}, fires ${bound.name} ${bound.at}, resolves, goes with its data`,
    stepSeconds,
    series: observe(scene, levels),
    expectations: isAbsence
      ? [
          expected(steps - 1, false),
          expected(steps + forSteps + 6, true),
          expected(3 * steps - 1, false),
        ]
      : [
          expected(steps - 1, false),
          expected(steps + forSteps - 1, false),
          expected(2 * steps - 1, true),
          expected(3 * steps - 1, false),
          expected(4 * steps - 1, false),
        ],
  };
}

function firing(scene: Scene, rule: AlertRule) {
  const { signal, hint } = scene;
  const labels = inheritedLabels(signal, hint, watchedLabels(signal, hint));
  const value = hint.of === 'p99' ? badQuantile(scene) : scene.bad;
  // What no test foresees, no text may quote.
  const quoted = saysValue(hint) ? value : Number.NaN;
  return {
    labels: { ...labels, ...fillAll(rule.labels, labels, quoted) },
    annotations: fillAll(rule.annotations, labels, quoted),
  };
}

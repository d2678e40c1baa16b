import { windowSeconds } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { alertPairs, baseWindow } from '../objective-rules/pairs.ts';
import type { AlertRule } from '../rule/rule.ts';
import { eventsPerSecond, outage, played, sceneOf } from './burn-scene.ts';
import type { Scene } from './burn-scene.ts';
import type { Traffic } from './events.ts';
import { burnOver, fires, isCloseCall, perSecond, steadyBurn } from './oracle.ts';
import { counterValues, seriesText } from './promtool-test.ts';
import type { Expectation, UnitTest, UnitTestFile } from './promtool-test.ts';
import { sampledEvery, scrapes, sliceTraffic } from './slice-traffic.ts';
import { fillAll } from './template.ts';

/** A stretch of the test in units; without traffic the series are gone. */
interface Stretch {
  readonly units: number;
  readonly traffic: Traffic | undefined;
}

/** What fires at a time; undefined when nobody can foresee it to the digit. */
interface Check {
  readonly atSeconds: number;
  readonly firing: Expectation['alerts'] | undefined;
}

/** The longest long window is twelve units; two more let the 5-minute rates settle. */
const settled = 14;

/** Tests of every burn-rate alert, a file for each pair of each period. */
export function burnTestFiles(
  config: SproutConfig,
  alerts: readonly AlertRule[],
  groupOrder: readonly string[],
): UnitTestFile[] {
  const scenes = config.objectives.flatMap((objective) =>
    alertPairs(objective, config.timeScale).map((pair) =>
      sceneOf({ config, alerts, objective, pair }, played([objective], config)),
    ),
  );
  const files = Map.groupBy(
    scenes,
    ({ objective, pair }) => `${pair.alert}-${formatDuration(windowSeconds(objective.window))}`,
  );
  return [...files].map(([name, members]) => ({
    name,
    evaluationSeconds: Math.min(...members.map(({ finestSeconds }) => finestSeconds)),
    groupOrder,
    tests: [
      ...members.flatMap((scene) => [
        thresholdTest(scene),
        ...(scene.pair.needsHistory || scene.slices.length > 0 ? [] : [fewEventsTest(scene)]),
      ]),
      ...members.slice(0, 1).map((scene) => youngAndGoneTest(allTogether(scene, members))),
    ],
  }));
}

function thresholdTest(scene: Scene): UnitTest {
  const { objective, slices, memory, unit, finestSeconds } = scene;
  const below = sliceTraffic(objective, 'good', eventsPerSecond) ?? burning(scene, 0.9);
  const above = sliceTraffic(objective, 'bad', eventsPerSecond) ?? burning(scene, 1.1);
  const what = objective.sli.slice === undefined ? 'the threshold' : 'what a slice may lose';
  const burnt = 2 * settled + memory;
  const at = (units: number) => units * unit.seconds;
  const soon = 2 * finestSeconds;
  return unitTest(
    scene,
    `${objective.id}: quiet at 0.9 of ${what}, fires at 1.1, resolves`,
    [
      { units: settled, traffic: below },
      { units: settled + memory, traffic: above },
      { units: 4 + memory, traffic: { goodPerSecond: eventsPerSecond, badPerSecond: 0 } },
    ],
    [
      { atSeconds: at(settled - 1), firing: firing(scene, below) },
      // The short window burns, the long one does not yet; a bad slice is all bad.
      ...(slices.length === 0 && staysQuiet(scene, below, above, soon)
        ? [{ atSeconds: at(settled) + soon, firing: [] }]
        : []),
      { atSeconds: at(burnt - 1), firing: firing(scene, above) },
      { atSeconds: at(burnt + memory + 2), firing: [] },
    ],
  );
}

/** The scene of all objectives at once. */
function allTogether(scene: Scene, members: readonly Scene[]): Scene {
  const objectives = members.map(({ objective }) => objective);
  return sceneOf(scene, played(objectives, scene.config));
}

/** A new stack with a total outage: the first pair says so at once, the others wait. */
function youngAndGoneTest(scene: Scene): UnitTest {
  const { needsHistory } = scene.pair;
  const { memory, unit, finestSeconds } = scene;
  const at = (units: number) => units * unit.seconds;
  return unitTest(
    scene,
    `all objectives: ${needsHistory ? 'wait for a long window of history' : 'fire on a young stack'}, go with their data`,
    [
      { units: settled, traffic: outage },
      { units: 4 + memory, traffic: undefined },
    ],
    [
      needsHistory
        ? { atSeconds: 2 * finestSeconds, firing: [] }
        : { atSeconds: at(2), firing: firing(scene, outage) },
      { atSeconds: at(settled - 1), firing: firing(scene, outage) },
      { atSeconds: at(settled + 2 + memory), firing: [] },
    ],
  );
}

/** Nine bad events out of twenty in the long window are a quiet night; eleven are not. */
function fewEventsTest(scene: Scene): UnitTest {
  const { unit } = scene;
  const perLongWindow = (bad: number) => ({
    goodPerSecond: (20 - bad) / scene.pair.long.seconds,
    badPerSecond: bad / scene.pair.long.seconds,
  });
  return unitTest(
    scene,
    `${scene.objective.id}: quiet with 9 bad events of 20, fires with 11`,
    [
      { units: settled, traffic: perLongWindow(9) },
      { units: settled, traffic: perLongWindow(11) },
    ],
    [
      { atSeconds: (settled - 1) * unit.seconds, firing: firing(scene, perLongWindow(9)) },
      { atSeconds: (2 * settled - 1) * unit.seconds, firing: firing(scene, perLongWindow(11)) },
    ],
  );
}

function burning({ objective, pair }: Scene, ofThreshold: number): Traffic {
  const bad = Math.min(1, ofThreshold * pair.factor * (1 - objective.target));
  return { goodPerSecond: eventsPerSecond * (1 - bad), badPerSecond: eventsPerSecond * bad };
}

function unitTest(
  { config, pair, counters, scraped, slices, unit, finestSeconds }: Scene,
  name: string,
  stretches: readonly Stretch[],
  checks: readonly Check[],
): UnitTest {
  const base = baseWindow(config.timeScale).seconds;
  // At least three samples in the shortest window that is read raw.
  const stepSeconds = Math.min(
    finestSeconds > base ? base / 2 : finestSeconds / 5,
    sampledEvery(slices, config.timeScale),
  );
  const steps = stretches.map(({ units, traffic }) => ({
    steps: Math.round((units * unit.seconds) / stepSeconds),
    traffic,
  }));
  return {
    name,
    stepSeconds,
    series: [
      ...counters.map((counter) => ({
        series: seriesText(counter.metric, counter.labels),
        values: counterValues(
          steps.map(({ traffic, ...stretch }) => ({
            ...stretch,
            perStep: traffic && perSecond(counter, traffic) * stepSeconds,
          })),
        ),
      })),
      ...scrapes(scraped, steps),
    ],
    expectations: checks.flatMap(({ atSeconds, firing: alerts }) =>
      alerts === undefined ? [] : { atSeconds, alertname: pair.alert, alerts },
    ),
  };
}

/** Every alert of the pair's name that steady traffic fires; others may see the same events. */
function firing(scene: Scene, traffic: Traffic): Check['firing'] {
  const seen = scene.watchers.map((watcher) => ({
    ...watcher,
    steady: steadyBurn(watcher.objective, scene, traffic),
  }));
  if (seen.some(({ pair, steady }) => steady && isCloseCall(pair, steady))) return undefined;
  return seen.flatMap(({ rule: { labels, annotations }, pair, steady }) =>
    steady && fires(pair, steady)
      ? { labels, annotations: fillAll(annotations, labels, steady.burn) }
      : [],
  );
}

/** Whether no long window burns some seconds after traffic has changed. */
function staysQuiet(scene: Scene, before: Traffic, after: Traffic, seconds: number): boolean {
  return scene.watchers.every(({ objective, pair: { factor, long } }) => {
    const parts = [
      { traffic: before, seconds: long.seconds - seconds },
      { traffic: after, seconds },
    ];
    const burn = burnOver(objective, scene, parts);
    // Rates smear the edge of a window a little.
    return burn === null || burn < 0.98 * factor;
  });
}

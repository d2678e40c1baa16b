import { windowSeconds } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { alertPairs, baseWindow } from '../objective-rules/pairs.ts';
import type { AlertPair, CompiledObjective } from '../objective-rules/pairs.ts';
import type { AlertRule } from '../rule/rule.ts';
import { eventCounters, merged } from './events.ts';
import type { EventCounter } from './events.ts';
import { fires, perSecond, steadyBurn } from './oracle.ts';
import type { Traffic } from './oracle.ts';
import { counterValues, seriesText } from './promtool-test.ts';
import type { Expectation, UnitTest, UnitTestFile } from './promtool-test.ts';
import { fillAll } from './template.ts';

/** What the tests of a pair need to know. */
interface Scene {
  readonly config: SproutConfig;
  readonly alerts: readonly AlertRule[];
  readonly objective: CompiledObjective;
  readonly pair: AlertPair;
  readonly counters: readonly EventCounter[];
}

/** A stretch of the test in short windows; without traffic the series are gone. */
interface Stretch {
  readonly shortWindows: number;
  readonly traffic: Traffic | undefined;
}

const eventsPerSecond = 20;
/** A long window is twelve short ones; two more let the 5-minute rates settle. */
const settled = 14;

/** Tests of every burn-rate alert, a file for each pair of each period. */
export function burnTestFiles(
  config: SproutConfig,
  alerts: readonly AlertRule[],
  groupOrder: readonly string[],
): UnitTestFile[] {
  const counted = config.objectives.filter(({ sli }) => sli.slice === undefined);
  const scenes = counted.flatMap((objective) =>
    alertPairs(objective, config.timeScale).map((pair) => ({
      config,
      alerts,
      objective,
      pair,
      counters: eventCounters(objective, config.objectives),
    })),
  );
  const files = Map.groupBy(
    scenes,
    ({ objective, pair }) => `${pair.alert}-${formatDuration(windowSeconds(objective.window))}`,
  );
  return [...files].map(([name, members]) => ({
    name,
    evaluationSeconds: members[0]?.pair.short.seconds ?? 0,
    groupOrder,
    tests: [
      ...members.flatMap((scene) => [
        thresholdTest(scene),
        ...(scene.pair.needsHistory ? [] : [fewEventsTest(scene)]),
      ]),
      ...members.slice(0, 1).map((scene) => youngAndGoneTest(allTogether(scene, members))),
    ],
  }));
}

function thresholdTest(scene: Scene): UnitTest {
  const below = burning(scene, 0.9);
  const above = burning(scene, 1.1);
  return unitTest(
    scene,
    `${scene.objective.id}: quiet at 0.9 of the threshold, fires at 1.1, resolves`,
    [
      { shortWindows: settled, traffic: below },
      { shortWindows: settled, traffic: above },
      { shortWindows: 4, traffic: { goodPerSecond: eventsPerSecond, badPerSecond: 0 } },
    ],
    [
      { at: settled - 1, firing: firing(scene, below) },
      // The short window burns, ten twelfths of the long one do not yet.
      { at: settled + 2, firing: [] },
      { at: 2 * settled - 1, firing: firing(scene, above) },
      { at: 2 * settled + 2, firing: [] },
    ],
  );
}

/** The scene of all objectives at once. */
function allTogether(scene: Scene, members: readonly Scene[]): Scene {
  return { ...scene, counters: merged(members.flatMap(({ counters }) => counters)) };
}

/** A new stack with a total outage: the first pair says so at once, the others wait. */
function youngAndGoneTest(scene: Scene): UnitTest {
  const outage = { goodPerSecond: 0, badPerSecond: eventsPerSecond };
  const { needsHistory } = scene.pair;
  return unitTest(
    scene,
    `all objectives: ${needsHistory ? 'wait for a long window of history' : 'fire on a young stack'}, go with their data`,
    [
      { shortWindows: settled, traffic: outage },
      { shortWindows: 4, traffic: undefined },
    ],
    [
      { at: 2, firing: needsHistory ? [] : firing(scene, outage) },
      { at: settled - 1, firing: firing(scene, outage) },
      { at: settled + 2, firing: [] },
    ],
  );
}

/** Nine bad events out of twenty in the long window are a quiet night; eleven are not. */
function fewEventsTest(scene: Scene): UnitTest {
  const perLongWindow = (bad: number) => ({
    goodPerSecond: (20 - bad) / scene.pair.long.seconds,
    badPerSecond: bad / scene.pair.long.seconds,
  });
  return unitTest(
    scene,
    `${scene.objective.id}: quiet with 9 bad events of 20, fires with 11`,
    [
      { shortWindows: settled, traffic: perLongWindow(9) },
      { shortWindows: settled, traffic: perLongWindow(11) },
    ],
    [
      { at: settled - 1, firing: firing(scene, perLongWindow(9)) },
      { at: 2 * settled - 1, firing: firing(scene, perLongWindow(11)) },
    ],
  );
}

function burning({ objective, pair }: Scene, ofThreshold: number): Traffic {
  const bad = Math.min(1, ofThreshold * pair.factor * (1 - objective.target));
  return { goodPerSecond: eventsPerSecond * (1 - bad), badPerSecond: eventsPerSecond * bad };
}

function unitTest(
  { config, pair, counters }: Scene,
  name: string,
  stretches: readonly Stretch[],
  checks: readonly { at: number; firing: Expectation['alerts'] }[],
): UnitTest {
  const base = baseWindow(config.timeScale).seconds;
  // At least three samples in the shortest window that is read raw.
  const stepSeconds = pair.short.seconds > base ? base / 2 : pair.short.seconds / 5;
  const stepsPerShort = Math.round(pair.short.seconds / stepSeconds);
  return {
    name,
    stepSeconds,
    series: counters.map((counter) => ({
      series: seriesText(counter.metric, counter.labels),
      values: counterValues(
        stretches.map(({ shortWindows, traffic }) => ({
          steps: shortWindows * stepsPerShort,
          perStep: traffic && perSecond(counter, traffic) * stepSeconds,
        })),
      ),
    })),
    expectations: checks.map(({ at, firing }) => ({
      atSeconds: at * pair.short.seconds,
      alertname: pair.alert,
      alerts: firing,
    })),
  };
}

/** Every alert of the pair's name that steady traffic fires; others may see the same events. */
function firing(scene: Scene, traffic: Traffic): Expectation['alerts'] {
  const { config, alerts, pair, counters } = scene;
  return alerts
    .filter(({ alert }) => alert === pair.alert)
    .flatMap(({ labels, annotations }) => {
      const objective = config.objectives.find(({ id }) => id === labels['objective']);
      const steady = objective && steadyBurn(objective, counters, traffic);
      if (objective === undefined || !steady) return [];
      const own = alertPairs(objective, config.timeScale).find(({ alert }) => alert === pair.alert);
      if (own === undefined || !fires(own, steady)) return [];
      return { labels, annotations: fillAll(annotations, labels, steady.burn) };
    });
}

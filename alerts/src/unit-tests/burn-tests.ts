import { windowSeconds } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { alertPairs, baseWindow } from '../objective-rules/pairs.ts';
import type { AlertPair, CompiledObjective } from '../objective-rules/pairs.ts';
import type { AlertRule } from '../rule/rule.ts';
import { eventCounters, merged } from './events.ts';
import type { Traffic } from './events.ts';
import { fires, perSecond, steadyBurn } from './oracle.ts';
import type { Played } from './oracle.ts';
import { counterValues, seriesText } from './promtool-test.ts';
import type { Expectation, UnitTest, UnitTestFile } from './promtool-test.ts';
import { sampledEvery, scrapes, slicesForget, sliceTraffic } from './slice-traffic.ts';
import { fillAll } from './template.ts';

/** What the tests of a pair need to know. */
interface Scene extends Played {
  readonly config: SproutConfig;
  readonly alerts: readonly AlertRule[];
  readonly objective: CompiledObjective;
  readonly pair: AlertPair;
  /** Objectives of time slices, which see the same series, and for how long they remember. */
  readonly slices: readonly CompiledObjective[];
  readonly memory: number;
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
    evaluationSeconds: members[0]?.pair.short.seconds ?? 0,
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

/** What is played, and which time slices see it too. */
function sceneOf(scene: Omit<Scene, keyof Played | 'slices' | 'memory'>, series: Played): Scene {
  const slices = scene.config.objectives.filter(
    (objective) =>
      objective.sli.slice !== undefined && steadyBurn(objective, series, outage) !== null,
  );
  return { ...scene, ...series, slices, memory: slicesForget(slices, scene.pair) };
}

function played(objectives: readonly CompiledObjective[], config: SproutConfig): Played {
  return {
    counters: merged(
      objectives.flatMap((objective) => eventCounters(objective, config.objectives)),
    ),
    scraped: [...new Set(objectives.flatMap(({ sli }) => sli.up?.slice(0, 1) ?? []))],
  };
}

const outage = { goodPerSecond: 0, badPerSecond: eventsPerSecond };

function thresholdTest(scene: Scene): UnitTest {
  const { objective, slices, memory } = scene;
  const below = sliceTraffic(objective, 'good', eventsPerSecond) ?? burning(scene, 0.9);
  const above = sliceTraffic(objective, 'bad', eventsPerSecond) ?? burning(scene, 1.1);
  const what = objective.sli.slice === undefined ? 'the threshold' : 'what a slice may lose';
  const burnt = 2 * settled + memory;
  return unitTest(
    scene,
    `${objective.id}: quiet at 0.9 of ${what}, fires at 1.1, resolves`,
    [
      { shortWindows: settled, traffic: below },
      { shortWindows: settled + memory, traffic: above },
      { shortWindows: 4 + memory, traffic: { goodPerSecond: eventsPerSecond, badPerSecond: 0 } },
    ],
    [
      { at: settled - 1, firing: firing(scene, below) },
      // The short window burns, ten twelfths of the long one do not yet; a bad slice is all bad.
      ...(slices.length === 0 ? [{ at: settled + 2, firing: [] }] : []),
      { at: burnt - 1, firing: firing(scene, above) },
      { at: burnt + memory + 2, firing: [] },
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
  const { memory } = scene;
  return unitTest(
    scene,
    `all objectives: ${needsHistory ? 'wait for a long window of history' : 'fire on a young stack'}, go with their data`,
    [
      { shortWindows: settled, traffic: outage },
      { shortWindows: 4 + memory, traffic: undefined },
    ],
    [
      { at: 2, firing: needsHistory ? [] : firing(scene, outage) },
      { at: settled - 1, firing: firing(scene, outage) },
      { at: settled + 2 + memory, firing: [] },
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
  { config, pair, counters, scraped, slices }: Scene,
  name: string,
  stretches: readonly Stretch[],
  checks: readonly { at: number; firing: Expectation['alerts'] }[],
): UnitTest {
  const base = baseWindow(config.timeScale).seconds;
  // At least three samples in the shortest window that is read raw.
  const stepSeconds = Math.min(
    pair.short.seconds > base ? base / 2 : pair.short.seconds / 5,
    sampledEvery(slices, config.timeScale),
  );
  const stepsPerShort = Math.round(pair.short.seconds / stepSeconds);
  const steps = stretches.map(({ shortWindows, traffic }) => ({
    steps: shortWindows * stepsPerShort,
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
    expectations: checks.map(({ at, firing }) => ({
      atSeconds: at * pair.short.seconds,
      alertname: pair.alert,
      alerts: firing,
    })),
  };
}

/** Every alert of the pair's name that steady traffic fires; others may see the same events. */
function firing(scene: Scene, traffic: Traffic): Expectation['alerts'] {
  const { config, alerts, pair } = scene;
  return alerts
    .filter(({ alert }) => alert === pair.alert)
    .flatMap(({ labels, annotations }) => {
      const objective = config.objectives.find(({ id }) => id === labels['objective']);
      const steady = objective && steadyBurn(objective, scene, traffic);
      if (objective === undefined || !steady) return [];
      const own = alertPairs(objective, config.timeScale).find(({ alert }) => alert === pair.alert);
      if (own === undefined || !fires(own, steady)) return [];
      return { labels, annotations: fillAll(annotations, labels, steady.burn) };
    });
}

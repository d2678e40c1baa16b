import type { SproutConfig } from '@sprout/process';
import { alertPairs } from '../objective-rules/pairs.ts';
import type { AlertPair, CompiledObjective, RateWindow } from '../objective-rules/pairs.ts';
import type { AlertRule } from '../rule/rule.ts';
import { eventCounters, merged } from './events.ts';
import { steadyBurn } from './oracle.ts';
import type { Played } from './oracle.ts';
import { slicesForget } from './slice-traffic.ts';

/** How many events come in a test. */
export const eventsPerSecond = 20;

/** Traffic of which everything fails. */
export const outage = { goodPerSecond: 0, badPerSecond: eventsPerSecond };

/** What the tests of a pair need to know. */
export interface Scene extends Played {
  readonly config: SproutConfig;
  readonly alerts: readonly AlertRule[];
  readonly objective: CompiledObjective;
  readonly pair: AlertPair;
  /** Alerts of the pair's name that see the series: of other targets and periods too. */
  readonly watchers: readonly Watcher[];
  /** The longest short window of these, in which the time of a test is told; by promise, by clock. */
  readonly unit: RateWindow;
  /** The shortest of them, in seconds of the clock. */
  readonly finestSeconds: number;
  /** Objectives of time slices, which see the same series, and for how many units they remember. */
  readonly slices: readonly CompiledObjective[];
  readonly memory: number;
}

interface Watcher {
  readonly rule: AlertRule;
  readonly objective: CompiledObjective;
  readonly pair: AlertPair;
}

/** What is played, and who sees it. */
export function sceneOf(
  scene: Pick<Scene, 'config' | 'alerts' | 'objective' | 'pair'>,
  series: Played,
): Scene {
  const { config, pair } = scene;
  const sees = (objective: CompiledObjective) => steadyBurn(objective, series, outage) !== null;
  const seeing = config.objectives.filter(sees);
  const slices = seeing.filter(({ sli }) => sli.slice !== undefined);
  const watchers = scene.alerts
    .filter(({ alert }) => alert === pair.alert)
    .flatMap((rule) => {
      const objective = seeing.find(({ id }) => id === rule.labels['objective']);
      const own = objective && pairNamed(pair.alert, objective, config);
      return objective && own ? [{ rule, objective, pair: own }] : [];
    });
  const shorts = watchers.map((watcher) => watcher.pair.short);
  const unit = shorts.reduce((a, b) => (b.seconds > a.seconds ? b : a), pair.short);
  const finestSeconds = Math.min(...shorts.map(({ seconds }) => seconds));
  const memory = slicesForget(slices, unit);
  return { ...scene, ...series, watchers, unit, finestSeconds, slices, memory };
}

const pairNamed = (name: string, objective: CompiledObjective, { timeScale }: SproutConfig) =>
  alertPairs(objective, timeScale).find(({ alert }) => alert === name);

/** The series in which events of objectives appear. */
export function played(objectives: readonly CompiledObjective[], config: SproutConfig): Played {
  return {
    counters: merged(
      objectives.flatMap((objective) => eventCounters(objective, config.objectives)),
    ),
    scraped: [...new Set(objectives.flatMap(({ sli }) => sli.up?.slice(0, 1) ?? []))],
  };
}

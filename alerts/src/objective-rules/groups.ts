import { speeds } from '@sprout/objectives';
import type { Speed } from '@sprout/objectives';
import { scrapeIntervalSecondsOf, timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { packed } from '../rule/packed.ts';
import type { RuleGroup } from '../rule/rule.ts';
import { burnAlert } from './burn-alert.ts';
import { alertPairs, intervalsOfSpeed } from './pairs.ts';
import { sliRecordings } from './recordings.ts';
import { refuseUnreachable } from './refuse.ts';
import { distinctSlis } from './sli.ts';
import type { SharedSli } from './sli.ts';

/**
 * Recordings and burn-rate alerts of every objective, in groups for each speed.
 * Throws SproutError `ALERT_UNREACHABLE` for alerts that could never fire.
 */
export function objectiveGroups(config: SproutConfig): RuleGroup[] {
  refuseUnreachable(config.objectives, scrapeIntervalSecondsOf(config.telemetry.prometheus));
  const slis = distinctSlis(config.objectives);
  const evaluationSeconds = timing(config.timeScale).evaluationIntervalMs / 1000;
  return speeds.flatMap((speed) =>
    packed(
      { name: `slo-${speed}`, intervalSeconds: evaluationSeconds * intervalsOfSpeed[speed] },
      slis.map((shared) => [
        ...sliRecordings(shared, speed, config.timeScale),
        ...burnAlerts(config, shared, speed),
      ]),
    ),
  );
}

function burnAlerts(config: SproutConfig, shared: SharedSli, speed: Speed) {
  return shared.objectives.flatMap((objective) =>
    alertPairs(objective, config.timeScale)
      .filter((pair) => pair.speed === speed)
      .map((pair) => burnAlert(config, objective, shared.recordedAs, pair)),
  );
}

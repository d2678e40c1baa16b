import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { objectiveGroups } from './objective-rules/groups.ts';
import { packed } from './rule/packed.ts';
import type { RuleGroup } from './rule/rule.ts';
import { absenceAlerts } from './signal-rules/absence.ts';
import { objectiveUnmeasured } from './signal-rules/objective-unmeasured.ts';
import { routeUnreachableAlerts } from './signal-rules/route-unreachable.ts';
import { signalGroups } from './signal-rules/signal-alerts.ts';
import { watchdog } from './signal-rules/watchdog.ts';

/**
 * Every recording and alert of a configuration. Pure: the same configuration gives the same
 * rules. Throws SproutError `ALERT_UNREACHABLE` or `ALERT_UNBOUNDED`.
 */
export function buildRules(config: SproutConfig): RuleGroup[] {
  const intervalSeconds = timing(config.timeScale).evaluationIntervalMs / 1000;
  const platform = [
    ...routeUnreachableAlerts(config),
    objectiveUnmeasured(config),
    watchdog(config),
  ];
  // They look back an hour at many series, and are in no hurry.
  const absence = absenceAlerts(config);
  return [
    ...objectiveGroups(config),
    ...signalGroups(config),
    ...packed({ name: 'platform', intervalSeconds }, [platform]),
    ...packed(
      { name: 'absence', intervalSeconds: intervalSeconds * 4 },
      absence.map((rule) => [rule]),
    ),
  ];
}

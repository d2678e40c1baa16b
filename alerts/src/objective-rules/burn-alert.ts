import { badEventsMin, sliRecording } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';
import { and, compare, dividedBy, over, ratio, selector, times } from '@sprout/query';
import type { Expression } from '@sprout/query';
import { environmentLabel } from '../rule/labels.ts';
import type { AlertRule } from '../rule/rule.ts';
import { burnAnnotations } from './annotations.ts';
import { baseWindow } from './pairs.ts';
import type { AlertPair, CompiledObjective, RateWindow } from './pairs.ts';

/** The alert of an objective for one burn-rate pair; `recordedAs` names its recordings. */
export function burnAlert(
  config: SproutConfig,
  objective: CompiledObjective,
  recordedAs: string,
  pair: AlertPair,
): AlertRule {
  return {
    kind: 'alert',
    alert: pair.alert,
    expr: burnCondition(objective, recordedAs, pair, baseWindow(config.timeScale)),
    forSeconds: 0,
    labels: {
      severity: pair.severity,
      objective: objective.id,
      page_group: objective.pageGroup,
      service: objective.owner,
      team: objective.owner,
      component: 'slo',
      ...routeOf(objective.pageGroup),
      ...environmentLabel(config),
    },
    annotations: burnAnnotations(config, objective, pair),
  };
}

/** The value of the condition is the burn rate over the long window. */
function burnCondition(
  { target }: CompiledObjective,
  recordedAs: string,
  pair: AlertPair,
  base: RateWindow,
): Expression {
  const burns = (window: RateWindow) => compare(burnRate(window), '>', pair.factor);
  const burnRate = (window: RateWindow) =>
    dividedBy(ratio(recorded('bad', window), recorded('valid', window)), 1 - target);
  const recorded = (events: 'bad' | 'valid', window: RateWindow) =>
    selector(sliRecording(events, window.name, recordedAs));
  const enough = compare(times(recorded('bad', pair.long), pair.long.seconds), '>=', badEventsMin);
  const conditions = [burns(pair.long), burns(pair.short), enough];
  if (pair.needsHistory) conditions.push(measuredBefore(recordedAs, pair, base));
  return conditions.reduce((left, right) => and(left, right));
}

/**
 * Present when the objective was measured a long window ago. Without it, ten minutes of life
 * would be taken for three days, and every hiccup of a new stack for a slow burn.
 */
function measuredBefore(recordedAs: string, { long, short }: AlertPair, base: RateWindow) {
  return over('present_over_time', sliRecording('valid', base.name, recordedAs), short.seconds, {
    offsetSeconds: long.seconds,
  });
}

function routeOf(pageGroup: string): { route?: string } {
  return pageGroup.startsWith('route-') ? { route: pageGroup.slice('route-'.length) } : {};
}

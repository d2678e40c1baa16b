import { alertObstacles } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import type { DeclarationProblem, Watched } from './problem.ts';
import { fix, wrong } from './words.ts';

/** Alerts that could never fire, and former promises that say what they cannot. */
export function alertProblems(objective: Objective, watched: Watched): DeclarationProblem[] {
  const { id, sli, alerts, before } = objective;
  const ofAlerts = { objective: id, path: 'alerts' };
  const former = before.some(({ goodRatioMin }) => goodRatioMin !== undefined);
  return [
    ...(former && sli.slice === undefined
      ? [{ objective: id, path: 'before', what: wrong('SLICES_ABSENT'), fix: fix('TAKE_OUT') }]
      : []),
    ...(alerts && sli.composite !== undefined
      ? [{ ...ofAlerts, what: wrong('COMPOSITE_ALERTS'), fix: fix('MEMBERS_ALERT') }]
      : []),
    ...(alerts && sli.composite === undefined ? unreachable(objective, watched) : []),
  ];
}

function unreachable(
  objective: Objective,
  { scrapeIntervalSeconds }: Watched,
): DeclarationProblem[] {
  return alertObstacles(objective, scrapeIntervalSeconds).map(({ pair, what }) => ({
    objective: objective.id,
    path: 'alerts',
    what: wrong('ALERT_UNREACHABLE', { number: pair + 1, why: what }),
    fix: fix('REACH_OR_MUTE'),
  }));
}

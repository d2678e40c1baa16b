import { windowName, windowSeconds } from '@sprout/objectives';
import type { SproutConfig } from '@sprout/process';
import { formatDuration } from '@sprout/query';
import { objectiveUrl, runbookUrl } from '../rule/links.ts';
import type { AlertAnnotations } from '../rule/rule.ts';
import type { AlertPair, CompiledObjective } from './pairs.ts';

/** What a person reads when the budget of an objective burns. */
export function burnAnnotations(
  config: SproutConfig,
  objective: CompiledObjective,
  pair: AlertPair,
): AlertAnnotations {
  const { factor, long, short } = pair;
  const lasts = formatDuration(Math.round(windowSeconds(objective.window) / factor));
  return {
    summary: `${objective.id}: the error budget burns more than ${factor} times as fast as promised`,
    description: `Promise: ${objective.title}. Errors over the last ${long.name} came at {{ $value | printf "%.1f" }} times the allowed rate, and over the last ${short.name} at more than ${factor} times. At ${factor} times, the whole budget of ${windowName(objective.window)} lasts ${lasts}.`,
    impact: impact(config, objective),
    first_step: firstStep(objective),
    runbook_url: runbookUrl(config, pair.alert),
    dashboard_url: objectiveUrl(config, objective.id),
    burn_rate: '{{ $value | printf "%.2f" }}',
    threshold: String(factor),
    window: long.name,
  };
}

function impact(config: SproutConfig, objective: CompiledObjective): string {
  if (objective.pages) return `Users feel it: ${badEventsOf(objective)}.`;
  const dependents = config.objectives
    .filter(({ alerts, dependsOn }) => alerts && dependsOn.includes(objective.id))
    .map(({ id }) => id);
  const atRisk =
    dependents.length === 0 ? '' : ` Promises that lean on it: ${dependents.join(', ')}.`;
  return `Not a page by itself: ${badEventsOf(objective)}.${atRisk}`;
}

function badEventsOf({ sli, pageGroup, owner }: CompiledObjective): string {
  const what = pageGroup.startsWith('route-')
    ? `requests to /${pageGroup.slice('route-'.length)}`
    : `events of ${owner}`;
  if (sli.kind !== 'latency' || sli.thresholdSeconds === undefined) return `${what} fail`;
  return `${what} fail or take longer than ${Math.round(sli.thresholdSeconds * 1000)} ms`;
}

function firstStep({ dependsOn }: CompiledObjective): string {
  const look = 'Open the dashboard and see which bad events rose, and since when';
  return dependsOn.length === 0
    ? `${look}.`
    : `${look}; then look at what it depends on: ${dependsOn.join(', ')}.`;
}

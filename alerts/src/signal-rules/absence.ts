import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { aggregate, and, compare, or, over, selector, unless } from '@sprout/query';
import type { Expression, Series } from '@sprout/query';
import { alertsOf } from '@sprout/signals';
import { environmentLabel } from '../rule/labels.ts';
import { boardUrl, logsUrl, runbookUrl, tracesUrl } from '../rule/links.ts';
import type { AlertRule } from '../rule/rule.ts';
import { absenceTexts } from '../texts/absence-texts.ts';
import type { AbsenceTexts } from '../texts/absence-texts.ts';
import { inEveryLanguage } from '../texts/every-language.ts';

/** Before time compression: there within the hour, not within five minutes, and that for five. */
const memorySeconds = 3600;
const missingSeconds = 300;
export const absenceForSeconds = 300;

/** Compressed time does not make machines faster: nothing is missing before this. */
const missingSecondsMin = 15;

const service = '{{ $labels.service }}';

/**
 * What makes alerts silent instead of loud: a service whose last target left the list of targets,
 * and a target that answers without what alerts read. `TargetDown` tells of a target that does not
 * answer; each of the three is quiet where another one tells. After an hour it is forgotten, so
 * what was taken away on purpose is one ticket at most.
 */
export function absenceAlerts(config: SproutConfig): AlertRule[] {
  return [...targetGone(config), ...signalsMissing(config)];
}

/** Of services that the configuration names: others come and go as they like. */
function targetGone(config: SproutConfig): AlertRule[] {
  const names = [...new Set(config.services.map(({ name }) => name))].toSorted();
  if (names.length === 0) return [];
  const up: Series = {
    metric: 'up',
    matchers: [{ label: 'service', op: '=~', value: names.map(escaped).join('|') }],
  };
  return [alertOf(config, 'TargetGone', absence(up, config), absenceTexts.targetGone, {})];
}

function signalsMissing(config: SproutConfig): AlertRule[] {
  const answers = compare(selector({ metric: 'up', matchers: [] }), '==', 1);
  return [...steadySignals(config)].map(([owner, metrics]) => {
    const gone = metrics
      .map((metric) => absence({ metric, matchers: [] }, config))
      .reduce((left, right) => or(left, right));
    const says = (language: 'en' | 'ko') => absenceTexts.signalsMissing[language](metrics);
    const expr = and(gone, aggregate('group', ['service'], answers));
    return alertOf(
      config,
      'SignalsMissing',
      expr,
      { en: says('en'), ko: says('ko') },
      owner === 'any' ? {} : { owner },
    );
  });
}

/**
 * By owner, what alerts read and what a target shows from its first scrape on: series with labels
 * may wait for the first event, those without have no reason to.
 */
export function steadySignals({ signals }: Pick<SproutConfig, 'signals'>): Map<string, string[]> {
  const steady = signals.filter(
    (signal) =>
      signal.kind === 'metric' &&
      signal.name !== 'up' &&
      signal.type !== 'histogram' &&
      Object.keys(signal.labels).length === 0 &&
      alertsOf(signal).some(({ of }) => of !== 'absence'),
  );
  const byOwner = Map.groupBy(steady, ({ owner }) => owner);
  return new Map([...byOwner].map(([owner, all]) => [owner, all.map(({ name }) => name)]));
}

function absence(source: Series, { timeScale }: SproutConfig): Expression {
  const { scaled } = timing(timeScale);
  const seen = (within: number) =>
    aggregate('group', ['service'], over('present_over_time', source, within));
  const missing = Math.max(scaled(missingSeconds), missingSecondsMin);
  return unless(seen(scaled(memorySeconds)), seen(missing));
}

function alertOf(
  config: SproutConfig,
  alert: string,
  expr: Expression,
  texts: AbsenceTexts,
  whose: { readonly owner?: string },
): AlertRule {
  return {
    kind: 'alert',
    alert,
    expr,
    forSeconds: timing(config.timeScale).scaled(absenceForSeconds),
    labels: {
      severity: 'ticket',
      page_group: `service-${service}`,
      team: whose.owner ?? service,
      component: 'telemetry',
      ...whose,
      ...environmentLabel(config),
    },
    annotations: {
      ...inEveryLanguage(config, (language) => texts[language]),
      runbook_url: runbookUrl(config, alert),
      dashboard_url: boardUrl(config, 'collector', {}),
      logs_url: logsUrl(config, service),
      traces_url: tracesUrl(config, service),
    },
  };
}

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

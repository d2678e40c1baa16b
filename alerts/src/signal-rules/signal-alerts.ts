import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { parseDuration } from '@sprout/query';
import { alertsOf } from '@sprout/signals';
import { environmentLabel } from '../rule/labels.ts';
import { boardUrl, logsUrl, runbookUrl, tracesUrl } from '../rule/links.ts';
import { packed } from '../rule/packed.ts';
import type { AlertRule, RuleGroup } from '../rule/rule.ts';
import { signalTexts } from '../texts/signal-texts.ts';
import { boardOf } from './board.ts';
import { conditionOf, serviceLabel } from './condition.ts';
import type { CompiledHint, CompiledSignal } from './compiled.ts';
import { windowOf } from './window.ts';

/** Windows from here on are evaluated seldom: they move slowly and read much. */
const slowWindowSeconds = 3600;
const slowIntervals = 20;

/**
 * The alerts that signals declare for themselves, those with long windows apart, and of these
 * those that promise to be quicker than a slow group is.
 */
export function signalGroups(config: SproutConfig): RuleGroup[] {
  const intervalSeconds = timing(config.timeScale).evaluationIntervalMs / 1000;
  const alerts = config.signals.flatMap((signal) =>
    alertsOf(signal).map((hint) => ({ hint, rule: signalAlert(config, signal, hint) })),
  );
  const slowSeconds = intervalSeconds * slowIntervals;
  const groupOf = ({ hint, rule }: (typeof alerts)[number]) => {
    if (windowOf(hint) < slowWindowSeconds) return 'fast';
    return rule.forSeconds < slowSeconds ? 'long' : 'slow';
  };
  const { fast = [], long = [], slow = [] } = Object.groupBy(alerts, groupOf);
  const rulesOf = (members: typeof alerts) => members.map(({ rule }) => [rule]);
  return [
    ...packed({ name: 'signals', intervalSeconds }, rulesOf(fast)),
    ...packed({ name: 'signals-long', intervalSeconds }, rulesOf(long)),
    ...packed({ name: 'signals-slow', intervalSeconds: slowSeconds }, rulesOf(slow)),
  ];
}

function signalAlert(config: SproutConfig, signal: CompiledSignal, hint: CompiledHint): AlertRule {
  const service = `{{ $labels.${serviceLabel(signal)} }}`;
  const { scaled } = timing(config.timeScale);
  const board = boardOf(signal, hint);
  return {
    kind: 'alert',
    alert: hint.name,
    expr: conditionOf(signal, hint, config.timeScale),
    forSeconds: scaled(parseDuration(hint.for)),
    labels: {
      severity: hint.severity,
      ...(signal.kind === 'log' && { service }),
      page_group: `service-${service}`,
      team: signal.owner === 'any' ? service : signal.owner,
      component: hint.component ?? (signal.owner === 'any' ? 'service' : signal.owner),
      ...environmentLabel(config),
    },
    annotations: {
      ...signalTexts(config, signal, hint),
      runbook_url: runbookUrl(config, hint.name),
      dashboard_url: boardUrl(config, board.slug, board.variables),
      logs_url: logsUrl(config, service),
      traces_url: tracesUrl(config, service),
    },
  };
}

import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { parseDuration } from '@sprout/query';
import { alertsOf } from '@sprout/signals';
import { environmentLabel } from '../rule/labels.ts';
import { logsUrl, runbookUrl, serviceUrl, tracesUrl } from '../rule/links.ts';
import type { AlertRule, RuleGroup } from '../rule/rule.ts';
import { signalTexts } from '../texts/signal-texts.ts';
import { conditionOf, serviceLabel } from './condition.ts';
import type { CompiledHint, CompiledSignal } from './condition.ts';
import { windowOf } from './window.ts';

/** Windows from here on are evaluated seldom: they move slowly and read much. */
const slowWindowSeconds = 3600;
const slowIntervals = 20;

/** The alerts that signals declare for themselves, those with long windows apart. */
export function signalGroups(config: SproutConfig): RuleGroup[] {
  const intervalSeconds = timing(config.timeScale).evaluationIntervalMs / 1000;
  const alerts = config.signals.flatMap((signal) =>
    alertsOf(signal).map((hint) => ({ hint, rule: signalAlert(config, signal, hint) })),
  );
  const { fast = [], slow = [] } = Object.groupBy(alerts, ({ hint }) =>
    windowOf(hint) >= slowWindowSeconds ? 'slow' : 'fast',
  );
  return [
    { name: 'signals', intervalSeconds, rules: fast.map(({ rule }) => rule) },
    {
      name: 'signals-slow',
      intervalSeconds: intervalSeconds * slowIntervals,
      rules: slow.map(({ rule }) => rule),
    },
  ].filter(({ rules }) => rules.length > 0);
}

function signalAlert(config: SproutConfig, signal: CompiledSignal, hint: CompiledHint): AlertRule {
  const service = `{{ $labels.${serviceLabel(signal)} }}`;
  const { scaled } = timing(config.timeScale);
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
      dashboard_url: serviceUrl(config, service),
      logs_url: logsUrl(config, service),
      traces_url: tracesUrl(config, service),
    },
  };
}

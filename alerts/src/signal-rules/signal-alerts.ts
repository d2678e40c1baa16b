import { SproutError, timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { compare, or, parseDuration, quantile, rate, selector, series, sumBy } from '@sprout/query';
import type { Expression, Series } from '@sprout/query';
import type { AlertHint } from '@sprout/signals';
import { runbookUrl, serviceUrl } from '../rule/links.ts';
import type { AlertRule, RuleGroup } from '../rule/rule.ts';

type Signal = SproutConfig['signals'][number];
type CompiledHint = NonNullable<Signal['alert']>;

/** Window of `rate` and `p99`, before time compression. */
const rateWindowSeconds = 300;

/** The alerts that signals declare for themselves. */
export function signalGroup(config: SproutConfig): RuleGroup {
  return {
    name: 'signals',
    intervalSeconds: timing(config.timeScale).evaluationIntervalMs / 1000,
    rules: config.signals.flatMap((signal) =>
      signal.alert === undefined ? [] : signalAlert(config, signal, signal.alert),
    ),
  };
}

function signalAlert(config: SproutConfig, signal: Signal, hint: CompiledHint): AlertRule {
  const { scaled } = timing(config.timeScale);
  const service = '{{ $labels.service }}';
  return {
    kind: 'alert',
    alert: hint.name,
    expr: outOfBounds(signal, hint, scaled(rateWindowSeconds)),
    forSeconds: scaled(parseDuration(hint.for)),
    labels: {
      severity: hint.severity,
      page_group: `service-${service}`,
      team: signal.owner === 'any' ? service : signal.owner,
    },
    annotations: {
      summary: hint.summary,
      description: `${signal.help} It is ${observed[hint.of]}{{ $value | printf "%.3g" }}, and has been ${boundText(hint)} for ${hint.for}.`,
      impact: `A cause rather than an effect: no promise need be broken yet. Objectives that ${service} serves may follow.`,
      first_step: `Look at ${service}: its logs, its last deployment, and what it depends on.`,
      runbook_url: runbookUrl(config, hint.name),
      dashboard_url: serviceUrl(config, service),
    },
  };
}

const observed = { value: '', rate: 'at a rate per second of ', p99: 'at a 99th percentile of ' };

function outOfBounds(signal: Signal, hint: CompiledHint, windowSeconds: number): Expression {
  const source = series(signal.name, hint.where);
  const looked = lookedAt(hint.of, source, labelsNamed(hint), windowSeconds);
  const bounds = [
    ...(hint.above === undefined ? [] : [compare(looked, '>', hint.above)]),
    ...(hint.below === undefined ? [] : [compare(looked, '<', hint.below)]),
  ];
  if (bounds.length === 0) throw unbounded(signal, hint);
  return bounds.reduce((left, right) => or(left, right));
}

function lookedAt(
  of: AlertHint['of'],
  source: Series,
  by: readonly string[],
  windowSeconds: number,
): Expression {
  if (of === 'value') return selector(source);
  if (of === 'rate') return sumBy(by, rate(source, windowSeconds));
  return quantile(0.99, source, windowSeconds, by);
}

/** The service, and the labels that the summary names: each combination is an alert of its own. */
export function labelsNamed({ summary }: Pick<AlertHint, 'summary'>): string[] {
  const named = [...summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label ?? '');
  return [...new Set(['service', ...named])];
}

function boundText({ above, below }: CompiledHint): string {
  return [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ].join(' or ');
}

function unbounded(signal: Signal, hint: CompiledHint): SproutError {
  return new SproutError(
    'ALERT_UNBOUNDED',
    `signal ${signal.name}: alert ${hint.name} has neither "above" nor "below"`,
    { hint: 'give the alert a bound in the declaration of the signal' },
  );
}

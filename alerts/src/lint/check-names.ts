import type { SproutConfig } from '@sprout/process';
import { checkPromql, namesIn } from '@sprout/query';
import type { RuleGroup } from '../rule/rule.ts';
import { serviceLabel } from '../signal-rules/condition.ts';
import { nameOf } from './finding.ts';
import type { Finding } from './finding.ts';

/** Labels that are not of a signal: of targets, of buckets, of recordings, of sums of parts. */
const otherLabels = ['service', 'job', 'instance', 'le', 'objective'];

/** Expressions that do not parse, or name a metric or label that nobody emits. */
export function checkNames(config: SproutConfig, groups: readonly RuleGroup[]): Finding[] {
  const rules = groups.flatMap((group) => group.rules);
  const recorded = rules.flatMap((rule) => (rule.kind === 'recording' ? rule.record : []));
  const metrics = new Set([...config.signals.flatMap(exposedNames), ...recorded]);
  const labels = new Set([...otherLabels, ...config.signals.flatMap(labelNames)]);
  return rules.flatMap((rule) => {
    const { text } = rule.expr;
    const used = namesIn(text);
    const unknown = [
      ...used.metrics.filter((name) => !metrics.has(name)).map((name) => `metric ${name}`),
      ...used.labels.filter((name) => !labels.has(name)).map((name) => `label ${name}`),
    ];
    return [
      ...checkPromql(text).map(({ message }) => ({ where: nameOf(rule), message })),
      ...unknown.map((what) => ({ where: nameOf(rule), message: `no signal has ${what}` })),
    ];
  });
}

type Signal = SproutConfig['signals'][number];

function exposedNames(signal: Signal): string[] {
  return signal.kind === 'metric' && signal.type === 'histogram'
    ? ['_bucket', '_count', '_sum'].map((suffix) => signal.name + suffix)
    : [signal.name];
}

const labelNames = (signal: Signal): string[] =>
  signal.kind === 'metric' ? Object.keys(signal.labels) : [serviceLabel(signal)];

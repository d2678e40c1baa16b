import type { SproutConfig } from '@sprout/process';
import { resultLabels, treeOf } from '@sprout/query';
import type { KnownLabels, KnownSignal, ResultLabels } from '@sprout/query';
import type { RuleGroup } from '../rule/rule.ts';
import { serviceLabel } from '../signal-rules/condition.ts';

/** The labels of every series that rules may read: of signals, and of what rules record. */
export function knownLabels(config: SproutConfig, groups: readonly RuleGroup[]): KnownLabels {
  const signals = config.signals.map(knownSignal);
  const recordings = new Map<string, ResultLabels>();
  for (const rule of groups.flatMap(({ rules }) => rules)) {
    if (rule.kind !== 'recording') continue;
    const { names, open } = resultLabels(treeOf(rule.expr.text), { signals, recordings });
    const before = recordings.get(rule.record);
    recordings.set(rule.record, {
      names: new Set([...names, ...Object.keys(rule.labels), ...(before?.names ?? [])]),
      open: open || before?.open === true,
    });
  }
  return { signals, recordings };
}

/** The collector counts the lines of a log signal. */
const knownSignal = (signal: SproutConfig['signals'][number]): KnownSignal =>
  signal.kind === 'metric'
    ? signal
    : { name: signal.name, type: 'counter', labels: { [serviceLabel(signal)]: 'any' } };

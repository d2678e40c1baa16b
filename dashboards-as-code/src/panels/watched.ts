import type { SproutConfig } from '@sprout/process';
import { counter, gauge, histogram } from '@sprout/signals';
import type { CounterSignal, GaugeSignal, HistogramSignal } from '@sprout/signals';

type Compiled = Extract<SproutConfig['signals'][number], { kind: 'metric' }>;

/** The signals of a configuration by name: those of apps, which this one may not import. */
export interface Watched {
  has(...names: readonly string[]): boolean;
  counter(name: string): CounterSignal;
  gauge(name: string): GaugeSignal;
  histogram(name: string): HistogramSignal;
}

/** Looks signals up; asking for one that is not there, or is of another type, throws RangeError. */
export function watched({ signals }: Pick<SproutConfig, 'signals'>): Watched {
  const byName = new Map(
    signals.flatMap((signal) => (signal.kind === 'metric' ? [[signal.name, signal]] : [])),
  );
  const find = (name: string, type: Compiled['type']): Compiled => {
    const signal = byName.get(name);
    if (signal?.type !== type) throw new RangeError(`there is no ${type} "${name}" in the signals`);
    return signal;
  };
  return {
    has: (...names) => names.every((name) => byName.has(name)),
    counter: (name) => counter(name, optionsOf(find(name, 'counter'))),
    gauge: (name) => gauge(name, optionsOf(find(name, 'gauge'))),
    histogram: (name) => {
      const signal = find(name, 'histogram');
      return histogram(name, { ...optionsOf(signal), buckets: signal.buckets ?? [] });
    },
  };
}

/** What panels need of a signal; who is alerted is not their matter. */
const optionsOf = ({ help, owner, unit, labels }: Compiled) => ({
  help,
  owner,
  unit,
  labels,
  panel: { view: 'none' as const, by: [] },
});

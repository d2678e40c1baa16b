import { compileConfig } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import * as exporters from '@sprout/signals/exporters';
import sproutConfig from '../../../sprout.config.ts';

/** The configuration as it is checked in, of which the generated files are made. */
export const defaultConfig: SproutConfig = compileConfig(sproutConfig, '/');

/** Everything that can be watched: a cluster of databases, Kubernetes, TLS from outside. */
export const fullConfig: SproutConfig = compileConfig(
  {
    ...sproutConfig,
    market: { data: 'cluster' },
    signals: [
      ...sproutConfig.signals,
      ...exporters.kubeStateSignals,
      ...exporters.cadvisorSignals,
      ...exporters.tlsProbeSignals,
    ],
  },
  '/',
);

/** The default configuration with some of its objectives only. */
export function withObjectives(...ids: readonly string[]): SproutConfig {
  const objectives = defaultConfig.objectives.filter(({ id }) => ids.includes(id));
  return { ...defaultConfig, objectives };
}

/** The default configuration with one objective changed. */
export function withChange(
  id: string,
  change: Partial<SproutConfig['objectives'][number]>,
): SproutConfig {
  const objectives = defaultConfig.objectives.map((objective) =>
    objective.id === id ? { ...objective, ...change } : objective,
  );
  return { ...defaultConfig, objectives };
}

import type { SproutConfig } from '@sprout/process';
import { metricReference, signalSchema } from '@sprout/signals';
import type { Metric, WaitingSignals } from '@sprout/signals';
import * as exporters from '@sprout/signals/exporters';

const catalogues: Readonly<Record<string, readonly Metric[]>> = {
  'a replica of MySQL': exporters.mysqlReplicaSignals,
  'a replica of Redis': exporters.redisReplicaSignals,
  'a cluster of Redis': exporters.redisClusterSignals,
  'a probe over TLS': exporters.tlsProbeSignals,
  'Kubernetes, kube-state-metrics': exporters.kubeStateSignals,
  'Kubernetes, cAdvisor': exporters.cadvisorSignals,
};

/** The page `docs/metrics.md` of a configuration. */
export function referenceOf({ signals }: Pick<SproutConfig, 'signals'>): string {
  const watched = new Set(signals.map(({ name }) => name));
  const waiting = Object.entries(catalogues).map(([waitsFor, list]): WaitingSignals => ({
    waitsFor,
    // Signals carry methods; the reference reads their data.
    signals: list
      .filter(({ name }) => !watched.has(name))
      .map((signal) => signalSchema.parse(JSON.parse(JSON.stringify(signal)))),
  }));
  return metricReference(
    signals,
    waiting.filter((group) => group.signals.length > 0),
  );
}

import * as nodes from './kube-node.ts';
import * as pods from './kube-pod.ts';
import * as workloads from './kube-workload.ts';
import type { Metric } from '../signal.ts';

/** What we know of kube-state-metrics; it exposes more. */
export const kubeStateSignals: readonly Metric[] = [
  ...Object.values(nodes),
  ...Object.values(pods),
  ...Object.values(workloads),
];

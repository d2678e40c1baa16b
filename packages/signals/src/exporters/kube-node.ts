import { noPanel, valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';

/** kube-state-metrics: what Kubernetes wants and has of nodes. */
const owner = 'kube-state-metrics';

export const kubeNodeInfo = gauge('kube_node_info', {
  help: 'A node and its software, as labels; always 1.',
  owner,
  labels: { node: 'any', kernel_version: 'any', os_image: 'any', kubelet_version: 'any' },
  panel: noPanel('a constant, joined to other series for its labels'),
  noAlert: 'a constant of the node',
});

export const kubeNodeStatusCondition = gauge('kube_node_status_condition', {
  help: '1 for the status that a condition of a node has.',
  owner,
  labels: { node: 'any', condition: 'any', status: ['true', 'false', 'unknown'] },
  panel: valueBy('node', 'condition'),
  alert: [
    {
      name: 'NodesNotReady',
      severity: 'page',
      of: 'count',
      where: { condition: 'Ready', status: 'true' },
      equals: 0,
      above: 1,
      for: '5m',
      component: 'kubernetes',
      summary: 'two nodes or more are not ready',
      impact:
        'What ran there is started elsewhere, if the nodes that are left have room: expect services with fewer pods or none.',
      firstStep:
        'kubectl get nodes -o wide: which, and do they share a zone, a network or a change?',
    },
    {
      name: 'NodeNotReady',
      severity: 'ticket',
      of: 'value',
      where: { condition: 'Ready', status: 'true' },
      by: ['node'],
      below: 1,
      silences: ['PodPending', 'DaemonSetPodsMissing'],
      for: '5m',
      component: 'kubernetes',
      summary: 'node {{ $labels.node }} is not ready',
      impact:
        'Its pods are started on other nodes after five minutes; until then their share of requests fails.',
      firstStep:
        'kubectl describe node {{ $labels.node }}: the conditions say what the kubelet lacks, or that it is silent.',
    },
    {
      name: 'NodePressure',
      severity: 'ticket',
      of: 'value',
      where: { condition: ['MemoryPressure', 'DiskPressure', 'PIDPressure'], status: 'true' },
      by: ['node', 'condition'],
      above: 0,
      for: '10m',
      component: 'kubernetes',
      summary: 'node {{ $labels.node }} runs out of something: {{ $labels.condition }}',
      impact: 'Kubernetes takes pods away from this node, those above their requests first.',
      firstStep: 'kubectl describe node {{ $labels.node }}: sort its pods by what they use of it.',
    },
  ],
});

export const kubeNodeStatusAllocatable = gauge('kube_node_status_allocatable', {
  help: 'What a node can give to pods, by resource.',
  owner,
  labels: { node: 'any', resource: 'any', unit: 'any' },
  panel: valueBy('node', 'resource'),
  noAlert: 'a constant of the node',
});

export const kubeNodeStatusCapacity = gauge('kube_node_status_capacity', {
  help: 'What a node has, by resource.',
  owner,
  labels: { node: 'any', resource: 'any', unit: 'any' },
  panel: valueBy('node', 'resource'),
  noAlert: 'a constant of the node',
});

export const kubeNodeSpecUnschedulable = gauge('kube_node_spec_unschedulable', {
  help: '1 while a node takes no new pods.',
  owner,
  labels: { node: 'any' },
  panel: valueBy('node'),
  noAlert: 'nodes are drained on purpose',
});

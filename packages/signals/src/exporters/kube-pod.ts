import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';

/** kube-state-metrics: what Kubernetes wants and has of pods and their containers. */
const owner = 'kube-state-metrics';

export const kubePodInfo = gauge('kube_pod_info', {
  help: 'A pod and where it runs, as labels; always 1.',
  owner,
  labels: {
    namespace: 'any',
    pod: 'any',
    node: 'any',
    created_by_kind: 'any',
    created_by_name: 'any',
  },
  panel: noPanel('a constant, joined to other series for its labels'),
  noAlert: 'a constant of the pod',
});

export const kubePodStatusPhase = gauge('kube_pod_status_phase', {
  help: '1 for the phase that a pod is in.',
  owner,
  labels: {
    namespace: 'any',
    pod: 'any',
    phase: ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'],
  },
  panel: valueBy('phase'),
  alert: {
    name: 'PodPending',
    severity: 'ticket',
    of: 'value',
    where: { phase: 'Pending' },
    by: ['namespace', 'pod'],
    above: 0,
    for: '15m',
    component: 'kubernetes',
    summary: 'pod {{ $labels.namespace }}/{{ $labels.pod }} has found no place for 15 minutes',
    impact: 'The workload has fewer pods than it wants, and a rollout does not go on.',
    firstStep:
      'kubectl describe pod: its last event says what it waits for, for example memory, a volume or a taint.',
  },
});

export const kubePodStatusReady = gauge('kube_pod_status_ready', {
  help: '1 for whether a pod is ready.',
  owner,
  labels: { namespace: 'any', pod: 'any', condition: ['true', 'false', 'unknown'] },
  panel: valueBy('namespace', 'pod'),
  noAlert: 'a pod that is not ready shows in its workload',
});

export const kubePodContainerStatusRestartsTotal = counter(
  'kube_pod_container_status_restarts_total',
  {
    help: 'Restarts of a container.',
    owner,
    labels: { namespace: 'any', pod: 'any', container: 'any' },
    panel: rateBy('namespace', 'pod'),
    alert: {
      name: 'ContainerCrashLooping',
      severity: 'ticket',
      of: 'increase',
      by: ['namespace', 'pod', 'container'],
      window: '30m',
      above: 3,
      for: '1m',
      component: 'kubernetes',
      summary:
        '{{ $labels.namespace }}/{{ $labels.pod }}: container {{ $labels.container }} keeps crashing',
      impact:
        'Requests that it had begun are lost at each end, and between two starts it serves none.',
      firstStep:
        'kubectl logs --previous shows its last words; the exit code stands in kubectl describe pod.',
    },
  },
);

export const kubePodContainerStatusWaitingReason = gauge(
  'kube_pod_container_status_waiting_reason',
  {
    help: '1 for why a container waits.',
    owner,
    labels: { namespace: 'any', pod: 'any', container: 'any', reason: 'any' },
    panel: valueBy('namespace', 'pod', 'reason'),
    alert: {
      name: 'ContainerWaiting',
      severity: 'ticket',
      of: 'value',
      where: {
        reason: [
          'ImagePullBackOff',
          'ErrImagePull',
          'InvalidImageName',
          'CreateContainerConfigError',
          'CreateContainerError',
        ],
      },
      by: ['namespace', 'pod', 'container'],
      above: 0,
      for: '10m',
      component: 'kubernetes',
      summary:
        '{{ $labels.namespace }}/{{ $labels.pod }}: container {{ $labels.container }} cannot start',
      impact: 'This pod will never serve: its image or its configuration is not there.',
      firstStep:
        'kubectl describe pod names the image, Secret or ConfigMap that is missing or refused.',
    },
  },
);

export const kubePodContainerStatusLastTerminatedReason = gauge(
  'kube_pod_container_status_last_terminated_reason',
  {
    help: '1 for why a container ended last.',
    owner,
    labels: { namespace: 'any', pod: 'any', container: 'any', reason: 'any' },
    panel: valueBy('namespace', 'pod', 'reason'),
    alert: {
      name: 'ContainerOOMKilled',
      severity: 'ticket',
      of: 'value',
      where: { reason: 'OOMKilled' },
      by: ['namespace', 'pod', 'container'],
      above: 0,
      for: '1m',
      component: 'kubernetes',
      summary:
        '{{ $labels.namespace }}/{{ $labels.pod }}: container {{ $labels.container }} was killed at its memory limit',
      impact: 'What it was working on is lost, and it will happen again at the same load.',
      firstStep:
        'Compare its working set before the end with its limit on the board: a leak climbs, a limit that is too low is a plateau.',
    },
  },
);

export const kubePodContainerResourceRequests = gauge('kube_pod_container_resource_requests', {
  help: 'What a container asks for, by resource.',
  owner,
  labels: {
    namespace: 'any',
    pod: 'any',
    container: 'any',
    node: 'any',
    resource: 'any',
    unit: 'any',
  },
  panel: valueBy('namespace', 'resource'),
  noAlert: 'compared with what is used',
});

export const kubePodContainerResourceLimits = gauge('kube_pod_container_resource_limits', {
  help: 'What a container may use at most, by resource.',
  owner,
  labels: {
    namespace: 'any',
    pod: 'any',
    container: 'any',
    node: 'any',
    resource: 'any',
    unit: 'any',
  },
  panel: valueBy('namespace', 'resource'),
  noAlert: 'compared with what is used',
});

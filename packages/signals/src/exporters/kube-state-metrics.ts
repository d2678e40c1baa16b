import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** kube-state-metrics: what Kubernetes wants and has. */
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
  noAlert: 'waits for a cluster that is watched',
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
  noAlert: 'a pod that does not run shows in its workload',
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
    noAlert: 'a container that keeps restarting shows as CrashLoopBackOff',
  },
);

export const kubePodContainerStatusWaitingReason = gauge(
  'kube_pod_container_status_waiting_reason',
  {
    help: '1 for why a container waits.',
    owner,
    labels: { namespace: 'any', pod: 'any', container: 'any', reason: 'any' },
    panel: valueBy('namespace', 'pod', 'reason'),
    noAlert: 'waits for a cluster that is watched',
  },
);

export const kubePodContainerStatusLastTerminatedReason = gauge(
  'kube_pod_container_status_last_terminated_reason',
  {
    help: '1 for why a container ended last.',
    owner,
    labels: { namespace: 'any', pod: 'any', container: 'any', reason: 'any' },
    panel: valueBy('namespace', 'pod', 'reason'),
    noAlert: 'waits for a cluster that is watched',
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

export const kubeDeploymentSpecReplicas = gauge('kube_deployment_spec_replicas', {
  help: 'Pods that a deployment wants.',
  owner,
  labels: { namespace: 'any', deployment: 'any' },
  panel: valueBy('namespace', 'deployment'),
  noAlert: 'compared with what is available',
});

export const kubeDeploymentStatusReplicasAvailable = gauge(
  'kube_deployment_status_replicas_available',
  {
    help: 'Pods of a deployment that are available.',
    owner,
    labels: { namespace: 'any', deployment: 'any' },
    panel: valueBy('namespace', 'deployment'),
    noAlert: 'compared with what is wanted',
  },
);

export const kubeDeploymentStatusObservedGeneration = gauge(
  'kube_deployment_status_observed_generation',
  {
    help: 'Generation of a deployment that its controller has seen.',
    owner,
    labels: { namespace: 'any', deployment: 'any' },
    panel: noPanel('a number that says nothing without the one that was asked for'),
    noAlert: 'compared with the generation',
  },
);

export const kubeDeploymentMetadataGeneration = gauge('kube_deployment_metadata_generation', {
  help: 'Generation of a deployment; a new one is a rollout.',
  owner,
  labels: { namespace: 'any', deployment: 'any' },
  panel: noPanel('a number that says nothing without the one its controller has seen'),
  noAlert: 'compared with what its controller has seen',
});

export const kubeStatefulsetReplicas = gauge('kube_statefulset_replicas', {
  help: 'Pods that a stateful set wants.',
  owner,
  labels: { namespace: 'any', statefulset: 'any' },
  panel: valueBy('namespace', 'statefulset'),
  noAlert: 'compared with what is ready',
});

export const kubeStatefulsetStatusReplicasReady = gauge('kube_statefulset_status_replicas_ready', {
  help: 'Pods of a stateful set that are ready.',
  owner,
  labels: { namespace: 'any', statefulset: 'any' },
  panel: valueBy('namespace', 'statefulset'),
  noAlert: 'compared with what is wanted',
});

export const kubeDaemonsetStatusNumberUnavailable = gauge(
  'kube_daemonset_status_number_unavailable',
  {
    help: 'Nodes on which a daemon set has no available pod.',
    owner,
    labels: { namespace: 'any', daemonset: 'any' },
    panel: valueBy('namespace', 'daemonset'),
    noAlert: 'a node that is not ready shows by itself',
  },
);

export const kubeHorizontalpodautoscalerStatusCurrentReplicas = gauge(
  'kube_horizontalpodautoscaler_status_current_replicas',
  {
    help: 'Pods that an autoscaler has now.',
    owner,
    labels: { namespace: 'any', horizontalpodautoscaler: 'any' },
    panel: valueBy('namespace', 'horizontalpodautoscaler'),
    noAlert: 'compared with the maximum',
  },
);

export const kubeHorizontalpodautoscalerSpecMaxReplicas = gauge(
  'kube_horizontalpodautoscaler_spec_max_replicas',
  {
    help: 'Pods that an autoscaler may have at most.',
    owner,
    labels: { namespace: 'any', horizontalpodautoscaler: 'any' },
    panel: valueBy('namespace', 'horizontalpodautoscaler'),
    noAlert: 'a constant of the configuration',
  },
);

export const kubeJobStatusFailed = gauge('kube_job_status_failed', {
  help: 'Pods of a job that failed.',
  owner,
  labels: { namespace: 'any', job_name: 'any' },
  panel: valueBy('namespace', 'job_name'),
  noAlert: 'waits for a cluster that is watched',
});

export const kubeResourcequota = gauge('kube_resourcequota', {
  help: 'Quota of a namespace: what is used, and the limit.',
  owner,
  labels: { namespace: 'any', resourcequota: 'any', resource: 'any', type: ['hard', 'used'] },
  panel: valueBy('namespace', 'resource', 'type'),
  noAlert: 'compared: used against hard',
});

export const kubePersistentvolumeclaimResourceRequestsStorageBytes = gauge(
  'kube_persistentvolumeclaim_resource_requests_storage_bytes',
  {
    help: 'Space that a claim asks for.',
    owner,
    unit: 'bytes',
    labels: { namespace: 'any', persistentvolumeclaim: 'any' },
    panel: valueBy('namespace', 'persistentvolumeclaim'),
    noAlert: 'compared with what is used',
  },
);

export const kubePoddisruptionbudgetStatusPodDisruptionsAllowed = gauge(
  'kube_poddisruptionbudget_status_pod_disruptions_allowed',
  {
    help: 'Pods that may be taken away now.',
    owner,
    labels: { namespace: 'any', poddisruptionbudget: 'any' },
    panel: valueBy('namespace', 'poddisruptionbudget'),
    noAlert: 'pods that are missing show in their workload',
  },
);

/** What the dashboards of Kubernetes know of kube-state-metrics; it exposes more. */
export const kubeStateSignals: readonly Metric[] = [
  kubeNodeInfo,
  kubeNodeStatusCondition,
  kubeNodeStatusAllocatable,
  kubeNodeStatusCapacity,
  kubeNodeSpecUnschedulable,
  kubePodInfo,
  kubePodStatusPhase,
  kubePodStatusReady,
  kubePodContainerStatusRestartsTotal,
  kubePodContainerStatusWaitingReason,
  kubePodContainerStatusLastTerminatedReason,
  kubePodContainerResourceRequests,
  kubePodContainerResourceLimits,
  kubeDeploymentSpecReplicas,
  kubeDeploymentStatusReplicasAvailable,
  kubeDeploymentStatusObservedGeneration,
  kubeDeploymentMetadataGeneration,
  kubeStatefulsetReplicas,
  kubeStatefulsetStatusReplicasReady,
  kubeDaemonsetStatusNumberUnavailable,
  kubeHorizontalpodautoscalerStatusCurrentReplicas,
  kubeHorizontalpodautoscalerSpecMaxReplicas,
  kubeJobStatusFailed,
  kubeResourcequota,
  kubePersistentvolumeclaimResourceRequestsStorageBytes,
  kubePoddisruptionbudgetStatusPodDisruptionsAllowed,
];

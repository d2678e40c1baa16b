import { noPanel, valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';

/** kube-state-metrics: what Kubernetes wants and has of what keeps pods running, and what limits them. */
const owner = 'kube-state-metrics';

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
    alert: {
      name: 'DeploymentReplicasMissing',
      severity: 'ticket',
      of: 'value',
      by: ['namespace', 'deployment'],
      against: { signal: 'kube_deployment_spec_replicas' },
      atLeast: 1,
      below: 1,
      for: '15m',
      component: 'kubernetes',
      summary:
        '{{ $labels.namespace }}/{{ $labels.deployment }} has had fewer pods than it wants for 15 minutes',
      impact:
        'The pods that are left carry all of the load; the next one that is lost may be felt.',
      firstStep: 'kubectl get pods of the deployment: pending, crashing or not ready?',
    },
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

export const kubeDeploymentStatusCondition = gauge('kube_deployment_status_condition', {
  help: '1 for the status that a condition of a deployment has.',
  owner,
  labels: {
    namespace: 'any',
    deployment: 'any',
    condition: 'any',
    status: ['true', 'false', 'unknown'],
  },
  panel: valueBy('namespace', 'deployment', 'condition'),
  alert: {
    name: 'RolloutStuck',
    severity: 'ticket',
    of: 'value',
    where: { condition: 'Progressing', status: 'false' },
    by: ['namespace', 'deployment'],
    above: 0,
    for: '5m',
    component: 'kubernetes',
    summary: 'the rollout of {{ $labels.namespace }}/{{ $labels.deployment }} does not go on',
    impact: 'The old version still serves; what was to be delivered is not there.',
    firstStep:
      'kubectl rollout status and kubectl get pods: the new pods crash, wait for an image, or are never ready.',
  },
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
  alert: {
    name: 'StatefulSetReplicasMissing',
    severity: 'ticket',
    of: 'value',
    by: ['namespace', 'statefulset'],
    against: { signal: 'kube_statefulset_replicas' },
    atLeast: 1,
    below: 1,
    for: '15m',
    component: 'kubernetes',
    summary:
      '{{ $labels.namespace }}/{{ $labels.statefulset }} has had fewer ready pods than it wants for 15 minutes',
    impact:
      'What it keeps has fewer copies than it should, and those behind the missing pod start only after it.',
    firstStep: 'kubectl describe the first pod that is not ready, and the volume that it claims.',
  },
});

export const kubeDaemonsetStatusNumberUnavailable = gauge(
  'kube_daemonset_status_number_unavailable',
  {
    help: 'Nodes on which a daemon set has no available pod.',
    owner,
    labels: { namespace: 'any', daemonset: 'any' },
    panel: valueBy('namespace', 'daemonset'),
    alert: {
      name: 'DaemonSetPodsMissing',
      severity: 'ticket',
      of: 'value',
      by: ['namespace', 'daemonset'],
      above: 0,
      for: '15m',
      component: 'kubernetes',
      summary: '{{ $labels.namespace }}/{{ $labels.daemonset }} is missing on some nodes',
      impact: 'What it does for a node, logs, network or metrics, is not done there.',
      firstStep:
        'kubectl get pods -o wide of the daemon set: which node has none, and is that node ready?',
    },
  },
);

export const kubeHorizontalpodautoscalerStatusCurrentReplicas = gauge(
  'kube_horizontalpodautoscaler_status_current_replicas',
  {
    help: 'Pods that an autoscaler has now.',
    owner,
    labels: { namespace: 'any', horizontalpodautoscaler: 'any' },
    panel: valueBy('namespace', 'horizontalpodautoscaler'),
    alert: {
      name: 'AutoscalerMaxed',
      severity: 'ticket',
      of: 'value',
      by: ['namespace', 'horizontalpodautoscaler'],
      against: { signal: 'kube_horizontalpodautoscaler_spec_max_replicas' },
      atLeast: 2,
      above: 0.99,
      for: '15m',
      component: 'kubernetes',
      summary:
        '{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has been at its maximum for 15 minutes',
      impact: 'More load will not get more pods: it will wait or fail.',
      firstStep:
        'Compare the load with last week, then raise the maximum or find out what made each request dearer.',
    },
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
  noAlert: 'a pod that failed is tried again; a job that gave up is alerted on',
});

export const kubeJobFailed = gauge('kube_job_failed', {
  help: '1 for whether a job gave up.',
  owner,
  labels: { namespace: 'any', job_name: 'any', condition: ['true', 'false', 'unknown'] },
  panel: valueBy('namespace', 'job_name'),
  alert: {
    name: 'JobFailed',
    severity: 'ticket',
    of: 'value',
    where: { condition: 'true' },
    by: ['namespace', 'job_name'],
    above: 0,
    for: '1m',
    component: 'kubernetes',
    summary: 'job {{ $labels.namespace }}/{{ $labels.job_name }} has given up',
    impact: 'What it should have done is not done, and nothing tries again.',
    firstStep:
      'kubectl logs job/{{ $labels.job_name }}: the last attempt says why; then start it again.',
  },
});

export const kubeResourcequota = gauge('kube_resourcequota', {
  help: 'Quota of a namespace: what is used, and the limit.',
  owner,
  labels: { namespace: 'any', resourcequota: 'any', resource: 'any', type: ['hard', 'used'] },
  panel: valueBy('namespace', 'resource', 'type'),
  alert: {
    name: 'QuotaNearlyFull',
    severity: 'ticket',
    of: 'value',
    where: { type: 'used' },
    by: ['namespace', 'resourcequota', 'resource'],
    against: { signal: 'kube_resourcequota', where: { type: 'hard' } },
    above: 0.9,
    for: '15m',
    component: 'kubernetes',
    summary:
      'namespace {{ $labels.namespace }} has used more than 90 % of its quota of {{ $labels.resource }}',
    impact: 'At the limit Kubernetes refuses new pods: rollouts and autoscaling stop there.',
    firstStep: 'kubectl describe quota, and which workload of the namespace grew.',
  },
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

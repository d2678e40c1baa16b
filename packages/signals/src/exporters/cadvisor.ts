import { rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** cAdvisor in the kubelet: what containers really use. */
const owner = 'cadvisor';

export const containerCpuUsageSecondsTotal = counter('container_cpu_usage_seconds_total', {
  help: 'CPU time of a container.',
  owner,
  unit: 'seconds',
  labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any' },
  panel: rateBy('namespace'),
  noAlert: 'compared with what is requested',
});

export const containerCpuCfsPeriodsTotal = counter('container_cpu_cfs_periods_total', {
  help: 'Periods in which a container with a CPU limit ran.',
  owner,
  labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any' },
  panel: rateBy('namespace'),
  noAlert: 'the ratio is what counts',
});

export const containerCpuCfsThrottledPeriodsTotal = counter(
  'container_cpu_cfs_throttled_periods_total',
  {
    help: 'Periods in which a container was held back by its CPU limit.',
    owner,
    labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any' },
    panel: rateBy('namespace', 'pod'),
    alert: {
      name: 'ContainerThrottled',
      severity: 'info',
      of: 'rate',
      by: ['namespace', 'pod', 'container'],
      against: { signal: 'container_cpu_cfs_periods_total' },
      atLeast: 1,
      above: 0.25,
      for: '15m',
      component: 'kubernetes',
      summary:
        '{{ $labels.namespace }}/{{ $labels.pod }}: container {{ $labels.container }} is held back by its CPU limit a quarter of the time',
      impact:
        'It answers more slowly than it could; only its latency promise says whether that matters.',
      firstStep:
        'Compare its use with its limit on the board: raise the limit, or leave the request alone and take the limit away.',
    },
  },
);

export const containerMemoryWorkingSetBytes = gauge('container_memory_working_set_bytes', {
  help: 'Memory that a container needs; what the limit is compared with.',
  owner,
  unit: 'bytes',
  labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any' },
  panel: valueBy('namespace'),
  noAlert: 'compared with the limit',
});

export const containerMemoryRss = gauge('container_memory_rss', {
  help: 'Memory of a container that is not backed by files.',
  owner,
  unit: 'bytes',
  labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any' },
  panel: valueBy('namespace'),
  noAlert: 'compared with the limit',
});

export const containerFsReadsBytesTotal = counter('container_fs_reads_bytes_total', {
  help: 'Bytes that a container read from disk.',
  owner,
  unit: 'bytes',
  labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any', device: 'any' },
  panel: rateBy('namespace'),
  noAlert: 'traffic is decided by those who ask',
});

export const containerFsWritesBytesTotal = counter('container_fs_writes_bytes_total', {
  help: 'Bytes that a container wrote to disk.',
  owner,
  unit: 'bytes',
  labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any', device: 'any' },
  panel: rateBy('namespace'),
  noAlert: 'traffic is decided by those who ask',
});

export const containerNetworkReceiveBytesTotal = counter('container_network_receive_bytes_total', {
  help: 'Bytes that a pod received.',
  owner,
  unit: 'bytes',
  labels: { namespace: 'any', pod: 'any', node: 'any', interface: 'any' },
  panel: rateBy('namespace'),
  noAlert: 'traffic is decided by those who ask',
});

export const containerNetworkTransmitBytesTotal = counter(
  'container_network_transmit_bytes_total',
  {
    help: 'Bytes that a pod sent.',
    owner,
    unit: 'bytes',
    labels: { namespace: 'any', pod: 'any', node: 'any', interface: 'any' },
    panel: rateBy('namespace'),
    noAlert: 'traffic is decided by those who ask',
  },
);

export const containerNetworkReceivePacketsDroppedTotal = counter(
  'container_network_receive_packets_dropped_total',
  {
    help: 'Packets received by a pod and dropped.',
    owner,
    labels: { namespace: 'any', pod: 'any', node: 'any', interface: 'any' },
    panel: rateBy('namespace', 'pod'),
    noAlert: 'lost packets show as retransmissions',
  },
);

export const containerNetworkTransmitPacketsDroppedTotal = counter(
  'container_network_transmit_packets_dropped_total',
  {
    help: 'Packets sent by a pod and dropped.',
    owner,
    labels: { namespace: 'any', pod: 'any', node: 'any', interface: 'any' },
    panel: rateBy('namespace', 'pod'),
    noAlert: 'lost packets show as retransmissions',
  },
);

export const containerOomEventsTotal = counter('container_oom_events_total', {
  help: 'Times a container ran out of memory.',
  owner,
  labels: { namespace: 'any', pod: 'any', container: 'any', node: 'any' },
  panel: rateBy('namespace', 'pod'),
  noAlert: 'the container that was killed is alerted on',
});

/** What the dashboards of Kubernetes know of cAdvisor; it exposes more. */
export const cadvisorSignals: readonly Metric[] = [
  containerCpuUsageSecondsTotal,
  containerCpuCfsPeriodsTotal,
  containerCpuCfsThrottledPeriodsTotal,
  containerMemoryWorkingSetBytes,
  containerMemoryRss,
  containerFsReadsBytesTotal,
  containerFsWritesBytesTotal,
  containerNetworkReceiveBytesTotal,
  containerNetworkTransmitBytesTotal,
  containerNetworkReceivePacketsDroppedTotal,
  containerNetworkTransmitPacketsDroppedTotal,
  containerOomEventsTotal,
];

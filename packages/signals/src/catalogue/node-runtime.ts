import { noPanel, quantilesBy, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge, histogram } from '../signal.ts';

/** What else prom-client's default collectors emit in every Node process. */
const partOfTheWhole = 'part of a whole that is shown, or that is alerted on';

export const processCpuUser = counter('process_cpu_user_seconds_total', {
  help: 'CPU time in user mode; 100 % is one processor.',
  unit: 'seconds',
  panel: rateBy('service'),
  noAlert: partOfTheWhole,
});

export const processCpuSystem = counter('process_cpu_system_seconds_total', {
  help: 'CPU time in the kernel; 100 % is one processor.',
  unit: 'seconds',
  panel: rateBy('service'),
  noAlert: partOfTheWhole,
});

export const processHeap = gauge('process_heap_bytes', {
  help: 'Data segment of the process.',
  unit: 'bytes',
  panel: noPanel('resident memory is shown, of which it is a part'),
  noAlert: partOfTheWhole,
});

export const processVirtualMemory = gauge('process_virtual_memory_bytes', {
  help: 'Virtual memory; of a Node process mostly reserved and never touched.',
  unit: 'bytes',
  panel: noPanel('mostly reserved and never touched'),
  noAlert: partOfTheWhole,
});

export const processOpenFiles = gauge('process_open_fds', {
  help: 'Open files and sockets.',
  panel: valueBy('service'),
  noAlert: 'compared with the maximum, not with a number',
});

export const processMaxFiles = gauge('process_max_fds', {
  help: 'Files and sockets that may be open.',
  panel: noPanel(),
  noAlert: 'a constant of the process',
});

export const activeHandles = gauge('nodejs_active_handles', {
  help: 'Handles that keep the event loop alive, by type.',
  labels: { type: 'any' },
  panel: noPanel('Node counts the same as resources, which are shown'),
  noAlert: partOfTheWhole,
});

export const activeHandlesSum = gauge('nodejs_active_handles_total', {
  help: 'Handles that keep the event loop alive.',
  panel: noPanel('Node counts the same as resources, which are shown'),
  noAlert: partOfTheWhole,
});

export const activeRequests = gauge('nodejs_active_requests', {
  help: 'Requests to the system that are under way, by type.',
  labels: { type: 'any' },
  panel: noPanel('Node counts the same as resources, which are shown'),
  noAlert: partOfTheWhole,
});

export const activeRequestsSum = gauge('nodejs_active_requests_total', {
  help: 'Requests to the system that are under way.',
  panel: noPanel('Node counts the same as resources, which are shown'),
  noAlert: partOfTheWhole,
});

export const activeResources = gauge('nodejs_active_resources', {
  help: 'Resources that keep the event loop alive, by type.',
  labels: { type: 'any' },
  panel: valueBy('type'),
  noAlert: 'a leak shows as memory and open files too',
});

export const activeResourcesSum = gauge('nodejs_active_resources_total', {
  help: 'Resources that keep the event loop alive.',
  panel: { ...valueBy('service'), title: 'Resources of the event loop' },
  noAlert: 'a leak shows as memory and open files too',
});

export const eventLoopLagNow = gauge('nodejs_eventloop_lag_seconds', {
  help: 'Delay of the event loop at the moment of the scrape.',
  unit: 'seconds',
  panel: noPanel('one moment of a delay that is shown by its percentiles'),
  noAlert: 'the 99th percentile is alerted on',
});

export const eventLoopLagMin = gauge('nodejs_eventloop_lag_min_seconds', {
  help: 'Least delay of the event loop since the last scrape.',
  unit: 'seconds',
  panel: noPanel('the median and the 99th percentile are shown'),
  noAlert: 'the 99th percentile is alerted on',
});

export const eventLoopLagMax = gauge('nodejs_eventloop_lag_max_seconds', {
  help: 'Longest delay of the event loop since the last scrape.',
  unit: 'seconds',
  panel: valueBy('service'),
  noAlert: 'the 99th percentile is alerted on',
});

export const eventLoopLagMean = gauge('nodejs_eventloop_lag_mean_seconds', {
  help: 'Mean delay of the event loop since the last scrape.',
  unit: 'seconds',
  panel: noPanel('the median and the 99th percentile are shown'),
  noAlert: 'the 99th percentile is alerted on',
});

export const eventLoopLagDeviation = gauge('nodejs_eventloop_lag_stddev_seconds', {
  help: 'Standard deviation of the event loop delay since the last scrape.',
  unit: 'seconds',
  panel: noPanel('the median and the 99th percentile are shown'),
  noAlert: 'the 99th percentile is alerted on',
});

export const eventLoopLagP50 = gauge('nodejs_eventloop_lag_p50_seconds', {
  help: 'Median of the event loop delay.',
  unit: 'seconds',
  panel: valueBy('service'),
  noAlert: 'the 99th percentile is alerted on',
});

export const eventLoopLagP90 = gauge('nodejs_eventloop_lag_p90_seconds', {
  help: '90th percentile of the event loop delay.',
  unit: 'seconds',
  panel: noPanel('the median and the 99th percentile are shown'),
  noAlert: 'the 99th percentile is alerted on',
});

export const externalMemory = gauge('nodejs_external_memory_bytes', {
  help: 'Memory outside the heap that objects of the heap hold, buffers for example.',
  unit: 'bytes',
  panel: valueBy('service'),
  noAlert: partOfTheWhole,
});

export const gcDuration = histogram('nodejs_gc_duration_seconds', {
  help: 'Time of a garbage collection, by kind.',
  unit: 'seconds',
  labels: { kind: ['major', 'minor', 'incremental', 'weakcb'] },
  buckets: [0.001, 0.01, 0.1, 1, 2, 5],
  panel: quantilesBy('kind'),
  noAlert: 'a long collection shows as event loop delay',
});

export const heapSize = gauge('nodejs_heap_size_total_bytes', {
  help: 'Heap that is reserved.',
  unit: 'bytes',
  panel: valueBy('service'),
  noAlert: partOfTheWhole,
});

export const heapSpaceAvailable = gauge('nodejs_heap_space_size_available_bytes', {
  help: 'Free part of a heap space.',
  unit: 'bytes',
  labels: { space: 'any' },
  panel: noPanel('what is used of each space is shown'),
  noAlert: partOfTheWhole,
});

export const heapSpaceTotal = gauge('nodejs_heap_space_size_total_bytes', {
  help: 'Size of a heap space.',
  unit: 'bytes',
  labels: { space: 'any' },
  panel: noPanel('what is used of each space is shown'),
  noAlert: partOfTheWhole,
});

export const heapSpaceUsed = gauge('nodejs_heap_space_size_used_bytes', {
  help: 'Used part of a heap space.',
  unit: 'bytes',
  labels: { space: 'any' },
  panel: valueBy('space'),
  noAlert: partOfTheWhole,
});

export const nodeVersion = gauge('nodejs_version_info', {
  help: 'Version of Node, as labels; always 1.',
  labels: { version: 'any', major: 'any', minor: 'any', patch: 'any' },
  panel: noPanel('a constant, looked up when a version matters'),
  noAlert: 'a constant of the program',
});

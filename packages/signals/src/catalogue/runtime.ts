import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';

/** Emitted by prom-client's default collectors in every Node process. */
export const processCpu = counter('process_cpu_seconds_total', {
  help: 'CPU time, user and system.',
  unit: 'seconds',
  panel: rateBy('service'),
  noAlert: 'saturation shows in the event loop',
});

export const processMemory = gauge('process_resident_memory_bytes', {
  help: 'Resident memory.',
  unit: 'bytes',
  panel: valueBy('service'),
  noAlert: 'no memory limit is set on one machine',
});

export const processStartTime = gauge('process_start_time_seconds', {
  help: 'Start of the process, Unix time.',
  unit: 'seconds',
  panel: noPanel(),
  noAlert: 'read by the meter to tell restarts from false resets',
});

export const eventLoopLag = gauge('nodejs_eventloop_lag_p99_seconds', {
  help: '99th percentile of the event loop delay.',
  unit: 'seconds',
  panel: valueBy('service'),
  alert: {
    name: 'EventLoopLagHigh',
    severity: 'ticket',
    of: 'value',
    above: 0.5,
    for: '5m',
    summary: '{{ $labels.service }}: the event loop is blocked for half a second and more',
  },
});

export const heapUsed = gauge('nodejs_heap_size_used_bytes', {
  help: 'Used heap.',
  unit: 'bytes',
  panel: valueBy('service'),
  noAlert: 'shown beside resident memory',
});

import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';

/** Emitted by prom-client's default collectors in every Node process. */
export const processCpu = counter('process_cpu_seconds_total', {
  help: 'CPU time, user and system; a second in each second, 100 %, is one processor.',
  unit: 'seconds',
  panel: rateBy('service'),
  alert: {
    name: 'CpuSaturated',
    severity: 'ticket',
    of: 'rate',
    above: 0.95,
    for: '10m',
    summary: '{{ $labels.service }}: its one thread has been busy all the time',
    impact: 'Requests stand in line for {{ $labels.service }}; with more traffic they time out.',
    firstStep: 'Add an instance, or take a CPU profile of the busiest one.',
  },
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
  alert: {
    name: 'ProcessRestarting',
    severity: 'ticket',
    of: 'changes',
    above: 3,
    for: '1m',
    summary: '{{ $labels.service }} at {{ $labels.instance }} keeps restarting',
    impact: 'Requests under way are lost at every restart.',
    firstStep: 'Read its last log lines before the newest start: they name the error.',
  },
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
    impact: 'Every request to this process waits as long, its health checks too.',
    firstStep:
      'kill -USR1 PID opens the inspector: take a CPU profile of ten seconds before you restart it.',
  },
});

export const heapLimit = gauge('nodejs_heap_size_limit_bytes', {
  help: 'Size at which the heap is full and the process ends.',
  unit: 'bytes',
  panel: noPanel('the used share of it is shown'),
  noAlert: 'decided when the process is started',
});

export const heapUsed = gauge('nodejs_heap_size_used_bytes', {
  help: 'Used heap.',
  unit: 'bytes',
  panel: valueBy('service'),
  alert: {
    name: 'HeapNearLimit',
    severity: 'ticket',
    of: 'value',
    by: ['service', 'instance'],
    against: { signal: heapLimit.name },
    above: 0.85,
    for: '5m',
    summary:
      '{{ $labels.service }} at {{ $labels.instance }}: more than 85 % of the heap is in use',
    impact: 'Garbage collection takes ever more of its time; at 100 % the process ends.',
    firstStep:
      'Does the heap fall after its peaks? If not it leaks: take a heap snapshot, then restart it.',
  },
});

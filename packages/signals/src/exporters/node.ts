import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Debian's prometheus-node-exporter of one machine. */
const owner = 'node';

export const nodeUnameInfo = gauge('node_uname_info', {
  help: 'Name and kernel of the machine, as labels; always 1.',
  owner,
  labels: {
    nodename: 'any',
    release: 'any',
    sysname: 'any',
    machine: 'any',
    domainname: 'any',
    version: 'any',
  },
  panel: noPanel('a constant, looked up when a version matters'),
  noAlert: 'a constant of the machine',
});

export const nodeBootTimeSeconds = gauge('node_boot_time_seconds', {
  help: 'Start of the machine, Unix time.',
  owner,
  unit: 'seconds',
  panel: noPanel(),
  noAlert: 'a restart shows as a short uptime',
});

export const nodeTimeSeconds = gauge('node_time_seconds', {
  help: 'The clock of the machine, Unix time.',
  owner,
  unit: 'seconds',
  panel: noPanel('the clock is shown by its offset'),
  noAlert: 'the clock itself',
});

export const nodeCpuSecondsTotal = counter('node_cpu_seconds_total', {
  help: 'CPU time, by processor and mode.',
  owner,
  unit: 'seconds',
  labels: { cpu: 'any', mode: 'any' },
  panel: rateBy('mode'),
  noAlert: 'a busy machine shows in the latency of its services',
});

export const nodeLoad1 = gauge('node_load1', {
  help: 'Tasks that run or wait, averaged over a minute.',
  owner,
  panel: valueBy(),
  noAlert: 'a busy machine shows in the latency of its services',
});

export const nodeLoad5 = gauge('node_load5', {
  help: 'Tasks that run or wait, averaged over five minutes.',
  owner,
  panel: valueBy(),
  noAlert: 'a busy machine shows in the latency of its services',
});

export const nodeLoad15 = gauge('node_load15', {
  help: 'Tasks that run or wait, averaged over fifteen minutes.',
  owner,
  panel: valueBy(),
  noAlert: 'a busy machine shows in the latency of its services',
});

export const nodePressureCpuWaitingSecondsTotal = counter(
  'node_pressure_cpu_waiting_seconds_total',
  {
    help: 'Time in which some task waited for a processor.',
    owner,
    unit: 'seconds',
    panel: rateBy(),
    noAlert: 'a busy machine shows in the latency of its services',
  },
);

export const nodePressureIoWaitingSecondsTotal = counter('node_pressure_io_waiting_seconds_total', {
  help: 'Time in which some task waited for a disk.',
  owner,
  unit: 'seconds',
  panel: rateBy(),
  noAlert: 'a slow disk shows in the latency of its services',
});

export const nodePressureIoStalledSecondsTotal = counter('node_pressure_io_stalled_seconds_total', {
  help: 'Time in which every task waited for a disk.',
  owner,
  unit: 'seconds',
  panel: rateBy(),
  noAlert: 'a slow disk shows in the latency of its services',
});

export const nodePressureMemoryWaitingSecondsTotal = counter(
  'node_pressure_memory_waiting_seconds_total',
  {
    help: 'Time in which some task waited for memory.',
    owner,
    unit: 'seconds',
    panel: rateBy(),
    noAlert: 'short memory shows in the latency of its services',
  },
);

export const nodeContextSwitchesTotal = counter('node_context_switches_total', {
  help: 'Switches from one task to another.',
  owner,
  panel: rateBy(),
  noAlert: 'how often is decided by the load',
});

export const nodeProcsRunning = gauge('node_procs_running', {
  help: 'Tasks that run or could.',
  owner,
  panel: valueBy(),
  noAlert: 'a busy machine shows in the latency of its services',
});

export const nodeProcsBlocked = gauge('node_procs_blocked', {
  help: 'Tasks that wait for a disk.',
  owner,
  panel: valueBy(),
  noAlert: 'a slow disk shows in the latency of its services',
});

export const nodeMemoryMemTotalBytes = gauge('node_memory_MemTotal_bytes', {
  help: 'Memory of the machine.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'a constant of the machine',
});

export const nodeMemoryMemAvailableBytes = gauge('node_memory_MemAvailable_bytes', {
  help: 'Memory that could be given to a program without swapping.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  alert: {
    name: 'MemoryNearlyFull',
    severity: 'ticket',
    of: 'value',
    against: { signal: 'node_memory_MemTotal_bytes' },
    by: ['instance'],
    below: 0.05,
    for: '5m',
    component: 'machine',
    summary: '{{ $labels.instance }}: less than 5 % of the memory is available',
    impact: 'The kernel will end a process to make room, most likely the largest.',
    firstStep: 'Sort the processes by resident memory; which of them grew?',
  },
});

export const nodeMemoryBuffersBytes = gauge('node_memory_Buffers_bytes', {
  help: 'Memory that holds blocks of disks.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'given back when it is needed',
});

export const nodeMemoryCachedBytes = gauge('node_memory_Cached_bytes', {
  help: 'Memory that holds pages of files.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'given back when it is needed',
});

export const nodeMemoryDirtyBytes = gauge('node_memory_Dirty_bytes', {
  help: 'Memory that waits to be written to disk.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'a slow disk shows in the latency of its services',
});

export const nodeMemorySwapTotalBytes = gauge('node_memory_SwapTotal_bytes', {
  help: 'Swap space.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'a constant of the machine',
});

export const nodeMemorySwapFreeBytes = gauge('node_memory_SwapFree_bytes', {
  help: 'Swap space that is free.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'swapping shows as pressure of memory',
});

export const nodeVmstatOomKill = counter('node_vmstat_oom_kill', {
  help: 'Programs that the kernel killed because memory ran out.',
  owner,
  panel: rateBy(),
  alert: {
    name: 'OutOfMemoryKill',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '0s',
    summary: 'the kernel of {{ $labels.instance }} killed a program because memory ran out',
    impact: 'What that program was serving is lost, and the next may be killed soon.',
    firstStep:
      'journalctl -k | grep -i "killed process" names it; compare with the memory on the board Machine.',
  },
});

export const nodeVmstatPgmajfault = counter('node_vmstat_pgmajfault', {
  help: 'Pages that had to be read from disk.',
  owner,
  panel: rateBy(),
  noAlert: 'short memory shows as pressure',
});

export const nodeFilefdAllocated = gauge('node_filefd_allocated', {
  help: 'Files that are open.',
  owner,
  panel: valueBy(),
  alert: {
    name: 'FileDescriptorsNearMax',
    severity: 'ticket',
    of: 'value',
    against: { signal: 'node_filefd_maximum' },
    by: ['instance'],
    above: 0.8,
    for: '5m',
    component: 'machine',
    summary: '{{ $labels.instance }}: more than 80 % of the file handles are open',
    impact:
      'At the limit nothing opens a file or a connection: every service of the machine fails.',
    firstStep:
      'Which process holds them? ls /proc/PID/fd | wc -l; sockets in CLOSE_WAIT are a leak.',
  },
});

export const nodeFilefdMaximum = gauge('node_filefd_maximum', {
  help: 'Files that can be open.',
  owner,
  panel: valueBy(),
  noAlert: 'a constant of the machine',
});

export const nodeTimexOffsetSeconds = gauge('node_timex_offset_seconds', {
  help: 'How far the clock lies beside its reference.',
  owner,
  unit: 'seconds',
  panel: valueBy(),
  alert: {
    name: 'ClockSkew',
    severity: 'ticket',
    of: 'value',
    above: 0.05,
    below: -0.05,
    for: '10m',
    component: 'machine',
    summary: '{{ $labels.instance }}: its clock is off by more than 50 ms',
    impact: 'Traces and logs of this machine stand at the wrong time, and tokens may be refused.',
    firstStep: 'Ask the time service of the machine: timedatectl timesync-status.',
  },
});

export const nodeScrapeCollectorSuccess = gauge('node_scrape_collector_success', {
  help: '1 when a part of the last scrape succeeded.',
  owner,
  labels: { collector: 'any' },
  panel: noPanel('what it could not read is missing on its dashboard'),
  noAlert: 'a missing collector shows as an empty panel',
});

/** Processors, memory, pressure and clock of a machine. */
export const machineSignals: readonly Metric[] = [
  nodeUnameInfo,
  nodeBootTimeSeconds,
  nodeTimeSeconds,
  nodeCpuSecondsTotal,
  nodeLoad1,
  nodeLoad5,
  nodeLoad15,
  nodePressureCpuWaitingSecondsTotal,
  nodePressureIoWaitingSecondsTotal,
  nodePressureIoStalledSecondsTotal,
  nodePressureMemoryWaitingSecondsTotal,
  nodeContextSwitchesTotal,
  nodeProcsRunning,
  nodeProcsBlocked,
  nodeMemoryMemTotalBytes,
  nodeMemoryMemAvailableBytes,
  nodeMemoryBuffersBytes,
  nodeMemoryCachedBytes,
  nodeMemoryDirtyBytes,
  nodeMemorySwapTotalBytes,
  nodeMemorySwapFreeBytes,
  nodeVmstatOomKill,
  nodeVmstatPgmajfault,
  nodeFilefdAllocated,
  nodeFilefdMaximum,
  nodeTimexOffsetSeconds,
  nodeScrapeCollectorSuccess,
];

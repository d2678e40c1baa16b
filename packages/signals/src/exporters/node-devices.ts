import { rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Debian's prometheus-node-exporter of one machine. */
const owner = 'node';

export const nodeFilesystemSizeBytes = gauge('node_filesystem_size_bytes', {
  help: 'Size of a file system.',
  owner,
  unit: 'bytes',
  labels: { device: 'any', fstype: 'any', mountpoint: 'any' },
  panel: valueBy('mountpoint'),
  noAlert: 'a constant of the machine',
});

export const nodeFilesystemAvailBytes = gauge('node_filesystem_avail_bytes', {
  help: 'Space of a file system that programs may still use.',
  owner,
  unit: 'bytes',
  labels: { device: 'any', fstype: 'any', mountpoint: 'any' },
  panel: valueBy('mountpoint'),
  alert: [
    {
      name: 'DiskFillsIn4h',
      severity: 'page',
      of: 'forecast',
      window: '1h',
      ahead: '4h',
      below: 0,
      for: '10m',
      component: 'machine',
      silences: ['DiskFillsIn24h', 'DiskNearlyFull'],
      summary: '{{ $labels.mountpoint }} of {{ $labels.instance }} is full within four hours',
      impact: 'On a full disk databases stop and telemetry is refused.',
      firstStep: 'Find what grows: du -xh --max-depth=2, newest first; then free or add room.',
    },
    {
      name: 'DiskFillsIn24h',
      severity: 'ticket',
      of: 'forecast',
      ahead: '24h',
      below: 0,
      for: '30m',
      component: 'machine',
      summary: '{{ $labels.mountpoint }} of {{ $labels.instance }} is full within a day',
      impact: 'Nothing breaks today; left alone, databases stop tomorrow.',
      firstStep: 'Find what grows: du -xh --max-depth=2; shorten a retention, or add room.',
    },
    {
      name: 'DiskNearlyFull',
      severity: 'ticket',
      of: 'value',
      against: { signal: 'node_filesystem_size_bytes' },
      by: ['instance', 'mountpoint'],
      below: 0.1,
      for: '10m',
      component: 'machine',
      summary: '{{ $labels.mountpoint }} of {{ $labels.instance }}: less than a tenth is free',
      impact: 'One burst of writes fills it, and then databases cannot write.',
      firstStep:
        'Delete what is large and old: du -xh --max-depth=2 {{ $labels.mountpoint }} | sort -h | tail',
    },
  ],
});

export const nodeFilesystemFiles = gauge('node_filesystem_files', {
  help: 'Files that a file system can hold.',
  owner,
  labels: { device: 'any', fstype: 'any', mountpoint: 'any' },
  panel: valueBy('mountpoint'),
  noAlert: 'a constant of the machine',
});

export const nodeFilesystemFilesFree = gauge('node_filesystem_files_free', {
  help: 'Files that a file system can still take.',
  owner,
  labels: { device: 'any', fstype: 'any', mountpoint: 'any' },
  panel: valueBy('mountpoint'),
  noAlert: 'compared with the total, not with a number',
});

export const nodeFilesystemReadonly = gauge('node_filesystem_readonly', {
  help: '1 when a file system takes no writes.',
  owner,
  labels: { device: 'any', fstype: 'any', mountpoint: 'any' },
  panel: valueBy('mountpoint'),
  noAlert: 'some file systems are meant to be read-only',
});

export const nodeDiskReadBytesTotal = counter('node_disk_read_bytes_total', {
  help: 'Bytes read from a disk.',
  owner,
  unit: 'bytes',
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeDiskWrittenBytesTotal = counter('node_disk_written_bytes_total', {
  help: 'Bytes written to a disk.',
  owner,
  unit: 'bytes',
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeDiskReadsCompletedTotal = counter('node_disk_reads_completed_total', {
  help: 'Reads that a disk has completed.',
  owner,
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeDiskWritesCompletedTotal = counter('node_disk_writes_completed_total', {
  help: 'Writes that a disk has completed.',
  owner,
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeDiskReadTimeSecondsTotal = counter('node_disk_read_time_seconds_total', {
  help: 'Time spent in reads of a disk.',
  owner,
  unit: 'seconds',
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'a slow disk shows in the latency of its services',
});

export const nodeDiskWriteTimeSecondsTotal = counter('node_disk_write_time_seconds_total', {
  help: 'Time spent in writes of a disk.',
  owner,
  unit: 'seconds',
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'a slow disk shows in the latency of its services',
});

export const nodeDiskIoTimeSecondsTotal = counter('node_disk_io_time_seconds_total', {
  help: 'Time in which a disk was busy.',
  owner,
  unit: 'seconds',
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'a slow disk shows in the latency of its services',
});

export const nodeNetworkReceiveBytesTotal = counter('node_network_receive_bytes_total', {
  help: 'Bytes received by an interface.',
  owner,
  unit: 'bytes',
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeNetworkTransmitBytesTotal = counter('node_network_transmit_bytes_total', {
  help: 'Bytes sent by an interface.',
  owner,
  unit: 'bytes',
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeNetworkReceiveDropTotal = counter('node_network_receive_drop_total', {
  help: 'Packets received and dropped.',
  owner,
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'lost packets show as retransmissions',
});

export const nodeNetworkTransmitDropTotal = counter('node_network_transmit_drop_total', {
  help: 'Packets to be sent and dropped.',
  owner,
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'lost packets show as retransmissions',
});

export const nodeNetworkReceiveErrsTotal = counter('node_network_receive_errs_total', {
  help: 'Packets received with an error.',
  owner,
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'lost packets show as retransmissions',
});

export const nodeNetworkTransmitErrsTotal = counter('node_network_transmit_errs_total', {
  help: 'Packets to be sent with an error.',
  owner,
  labels: { device: 'any' },
  panel: rateBy('device'),
  noAlert: 'lost packets show as retransmissions',
});

export const nodeNetstatTcpRetransSegs = counter('node_netstat_Tcp_RetransSegs', {
  help: 'TCP segments that had to be sent again.',
  owner,
  panel: rateBy(),
  noAlert: 'compared with what was sent, not with a number',
});

export const nodeNetstatTcpOutSegs = counter('node_netstat_Tcp_OutSegs', {
  help: 'TCP segments sent.',
  owner,
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeNetstatTcpCurrEstab = gauge('node_netstat_Tcp_CurrEstab', {
  help: 'TCP connections that are open.',
  owner,
  panel: valueBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const nodeNetstatTcpExtListenDrops = counter('node_netstat_TcpExt_ListenDrops', {
  help: 'Connections dropped because nobody accepted them in time.',
  owner,
  panel: rateBy(),
  noAlert: 'a caller that is dropped reports it itself',
});

export const nodeNfConntrackEntries = gauge('node_nf_conntrack_entries', {
  help: 'Connections that the firewall keeps track of.',
  owner,
  panel: valueBy(),
  noAlert: 'compared with the limit, not with a number',
});

export const nodeNfConntrackEntriesLimit = gauge('node_nf_conntrack_entries_limit', {
  help: 'Connections that the firewall can keep track of.',
  owner,
  panel: valueBy(),
  noAlert: 'a constant of the machine',
});

export const nodeSockstatTCPTw = gauge('node_sockstat_TCP_tw', {
  help: 'TCP connections in their last minute.',
  owner,
  panel: valueBy(),
  noAlert: 'traffic is decided by those who ask',
});

/** File systems, disks and network of a machine. */
export const deviceSignals: readonly Metric[] = [
  nodeFilesystemSizeBytes,
  nodeFilesystemAvailBytes,
  nodeFilesystemFiles,
  nodeFilesystemFilesFree,
  nodeFilesystemReadonly,
  nodeDiskReadBytesTotal,
  nodeDiskWrittenBytesTotal,
  nodeDiskReadsCompletedTotal,
  nodeDiskWritesCompletedTotal,
  nodeDiskReadTimeSecondsTotal,
  nodeDiskWriteTimeSecondsTotal,
  nodeDiskIoTimeSecondsTotal,
  nodeNetworkReceiveBytesTotal,
  nodeNetworkTransmitBytesTotal,
  nodeNetworkReceiveDropTotal,
  nodeNetworkTransmitDropTotal,
  nodeNetworkReceiveErrsTotal,
  nodeNetworkTransmitErrsTotal,
  nodeNetstatTcpRetransSegs,
  nodeNetstatTcpOutSegs,
  nodeNetstatTcpCurrEstab,
  nodeNetstatTcpExtListenDrops,
  nodeNfConntrackEntries,
  nodeNfConntrackEntriesLimit,
  nodeSockstatTCPTw,
];

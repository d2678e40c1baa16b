import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';
import * as memory from './redis-memory.ts';

/** Debian's prometheus-redis-exporter. */
const owner = 'redis';

export const redisUp = gauge('redis_up', {
  help: '1 when the exporter could connect and ask.',
  owner,
  panel: valueBy('instance'),
  alert: {
    name: 'RedisDown',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '1m',
    silences: ['RedisReplicaLinkDown', 'RedisReplicationLagHigh', 'SignalsMissing'],
    summary: 'Redis at {{ $labels.instance }} lets nobody in',
    impact: 'Reads go to the database, and orders wait in the outbox until the queue is back.',
    firstStep: 'Does redis run: ./sprout status? Its last words stand in .sprout/logs/redis.log.',
  },
});

export const redisInstanceInfo = gauge('redis_instance_info', {
  help: 'Version, mode and role, as labels; always 1.',
  owner,
  labels: {
    redis_version: 'any',
    redis_mode: 'any',
    role: 'any',
    maxmemory_policy: 'any',
    os: 'any',
    process_id: 'any',
    redis_build_id: 'any',
    run_id: 'any',
    tcp_port: 'any',
  },
  panel: noPanel('a constant, looked up when a version matters'),
  noAlert: 'a constant of the server',
});

export const redisUptimeInSeconds = gauge('redis_uptime_in_seconds', {
  help: 'Time since the server started.',
  owner,
  unit: 'seconds',
  panel: noPanel(),
  alert: {
    name: 'RedisRestarted',
    severity: 'info',
    of: 'value',
    // A server that starts for the first time has not been restarted.
    against: { ago: '15m' },
    below: 1,
    for: '0s',
    component: 'redis',
    summary: '{{ $labels.instance }} has been restarted within the last 15 minutes',
    impact: 'Connections broke and came back; the last second of writes may be lost.',
    firstStep:
      'Planned? If not, its log says why it ended; do the streams move again, on the board Queue?',
  },
});

export const redisCommandsProcessedTotal = counter('redis_commands_processed_total', {
  help: 'Commands executed.',
  owner,
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const redisCommandsTotal = counter('redis_commands_total', {
  help: 'Commands executed, by command.',
  owner,
  labels: { cmd: 'any' },
  panel: rateBy('cmd'),
  noAlert: 'traffic is decided by those who ask',
});

export const redisCommandsDurationSecondsTotal = counter('redis_commands_duration_seconds_total', {
  help: 'Time spent in commands, by command.',
  owner,
  unit: 'seconds',
  labels: { cmd: 'any' },
  panel: rateBy('cmd'),
  noAlert: 'slow commands show in the latency of the callers',
});

export const redisCommandsFailedCallsTotal = counter('redis_commands_failed_calls_total', {
  help: 'Commands that ended with an error, by command.',
  owner,
  labels: { cmd: 'any' },
  panel: rateBy('cmd'),
  noAlert: 'a caller whose command fails reports it itself',
});

export const redisCommandsRejectedCallsTotal = counter('redis_commands_rejected_calls_total', {
  help: 'Commands that were not executed, by command.',
  owner,
  labels: { cmd: 'any' },
  panel: rateBy('cmd'),
  noAlert: 'a caller whose command is rejected reports it itself',
});

export const redisLatencyPercentilesUsec = gauge('redis_latency_percentiles_usec', {
  help: 'Latency of a command in microseconds, by quantile, since the start.',
  owner,
  unit: 'microseconds',
  labels: { cmd: 'any', quantile: 'any' },
  panel: valueBy('cmd', 'quantile'),
  noAlert: 'slow commands show in the latency of the callers',
});

export const redisKeyspaceHitsTotal = counter('redis_keyspace_hits_total', {
  help: 'Look-ups that found a key.',
  owner,
  panel: rateBy(),
  noAlert: 'the ratio is what counts',
});

export const redisKeyspaceMissesTotal = counter('redis_keyspace_misses_total', {
  help: 'Look-ups that found none.',
  owner,
  panel: rateBy(),
  noAlert: 'the ratio is what counts',
});

export const redisConnectedClients = gauge('redis_connected_clients', {
  help: 'Open connections of clients.',
  owner,
  panel: valueBy(),
  noAlert: 'compared with the maximum, not with a number',
});

export const redisConfigMaxclients = gauge('redis_config_maxclients', {
  help: 'Connections that may be open at once.',
  owner,
  panel: valueBy(),
  noAlert: 'a constant of the configuration',
});

export const redisBlockedClients = gauge('redis_blocked_clients', {
  help: 'Clients that wait in a blocking command.',
  owner,
  panel: valueBy(),
  noAlert: 'consumers of the queue wait by blocking',
});

export const redisRejectedConnectionsTotal = counter('redis_rejected_connections_total', {
  help: 'Connections refused because of the limit of clients.',
  owner,
  panel: rateBy(),
  alert: {
    name: 'RedisRejectingClients',
    severity: 'ticket',
    of: 'rate',
    above: 0,
    for: '1m',
    summary: 'Redis at {{ $labels.instance }} refuses connections: the limit of clients is reached',
    impact: 'Open connections go on; a service that connects now finds neither cache nor queue.',
    firstStep: 'CLIENT LIST, grouped by address: who piles up connections?',
  },
});

export const redisConnectionsReceivedTotal = counter('redis_connections_received_total', {
  help: 'Connections accepted.',
  owner,
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const redisSlowlogLength = gauge('redis_slowlog_length', {
  help: 'Entries in the slow log.',
  owner,
  panel: valueBy(),
  noAlert: 'slow commands show in the latency of the callers',
});

export const redisNetInputBytesTotal = counter('redis_net_input_bytes_total', {
  help: 'Bytes received.',
  owner,
  unit: 'bytes',
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const redisNetOutputBytesTotal = counter('redis_net_output_bytes_total', {
  help: 'Bytes sent.',
  owner,
  unit: 'bytes',
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const redisCpuUserSecondsTotal = counter('redis_cpu_user_seconds_total', {
  help: 'CPU time in user mode.',
  owner,
  unit: 'seconds',
  panel: rateBy(),
  noAlert: 'one busy core shows in the latency of the callers',
});

export const redisCpuSysSecondsTotal = counter('redis_cpu_sys_seconds_total', {
  help: 'CPU time in the kernel.',
  owner,
  unit: 'seconds',
  panel: rateBy(),
  noAlert: 'one busy core shows in the latency of the callers',
});

export const redisConnectedSlaves = gauge('redis_connected_slaves', {
  help: 'Replicas that are connected.',
  owner,
  panel: valueBy(),
  noAlert: 'a replica that is gone shows in its own signals',
});

export const redisMasterReplOffset = gauge('redis_master_repl_offset', {
  help: 'Bytes of the replication stream so far.',
  owner,
  unit: 'bytes',
  panel: noPanel('a number that says nothing without those of the replicas'),
  noAlert: 'compared between primary and replicas',
});

export const redisClusterEnabled = gauge('redis_cluster_enabled', {
  help: '1 for a node of a cluster.',
  owner,
  panel: noPanel('a constant of the configuration'),
  noAlert: 'a constant of the configuration',
});

export const redisExporterLastScrapeError = gauge('redis_exporter_last_scrape_error', {
  help: '1 when the last scrape failed.',
  owner,
  panel: noPanel('what it could not read is missing on its dashboard'),
  noAlert: 'redis_up tells when nothing could be read',
});

/** What the Redis dashboard, alerts and reference know of the exporter; it exposes more. */
export const redisSignals: readonly Metric[] = [
  redisUp,
  redisInstanceInfo,
  redisUptimeInSeconds,
  redisCommandsProcessedTotal,
  redisCommandsTotal,
  redisCommandsDurationSecondsTotal,
  redisCommandsFailedCallsTotal,
  redisCommandsRejectedCallsTotal,
  redisLatencyPercentilesUsec,
  redisKeyspaceHitsTotal,
  redisKeyspaceMissesTotal,
  redisConnectedClients,
  redisConfigMaxclients,
  redisBlockedClients,
  redisRejectedConnectionsTotal,
  redisConnectionsReceivedTotal,
  redisSlowlogLength,
  redisNetInputBytesTotal,
  redisNetOutputBytesTotal,
  redisCpuUserSecondsTotal,
  redisCpuSysSecondsTotal,
  redisConnectedSlaves,
  redisMasterReplOffset,
  redisClusterEnabled,
  redisExporterLastScrapeError,
  ...Object.values(memory),
];

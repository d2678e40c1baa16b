import { valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Debian's prometheus-redis-exporter. */
const owner = 'redis';
const component = 'redis';

export const redisClusterState = gauge('redis_cluster_state', {
  help: '1 while the cluster takes commands; only nodes of a cluster have it.',
  owner,
  panel: valueBy('instance'),
  alert: {
    name: 'RedisClusterNotOk',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '1m',
    component,
    silences: ['RedisClusterSlotsFail', 'RedisClusterSlotsUncovered', 'RedisReplicaLinkDown'],
    summary: 'Redis at {{ $labels.instance }} takes no commands: the cluster has no majority',
    impact: 'No order moves on and pages come from the database, for all keys this node serves.',
    firstStep: 'Ask each master what it sees: redis-cli CLUSTER NODES. Start those that are gone.',
  },
});

export const redisClusterSlotsOk = gauge('redis_cluster_slots_ok', {
  help: 'Slots that are served, of 16,384; only nodes of a cluster have it.',
  owner,
  panel: valueBy('instance'),
  alert: {
    name: 'RedisClusterSlotsUncovered',
    severity: 'ticket',
    of: 'value',
    below: 16_384,
    for: '5m',
    component,
    summary: 'Redis at {{ $labels.instance }} knows slots that nobody serves',
    impact: 'Commands on their keys fail: some orders wait, some pages come from the database.',
    firstStep: 'redis-cli --cluster check says which slots, and whose they were.',
  },
});

export const redisClusterSlotsFail = gauge('redis_cluster_slots_fail', {
  help: 'Slots whose node is down; only nodes of a cluster have it.',
  owner,
  panel: valueBy('instance'),
  alert: {
    name: 'RedisClusterSlotsFail',
    severity: 'ticket',
    of: 'value',
    above: 0,
    for: '1m',
    component,
    silences: ['RedisClusterSlotsUncovered'],
    summary: 'Redis at {{ $labels.instance }} sees a master fail that no replica replaces',
    impact: 'Commands on the keys of its slots fail: some orders wait.',
    firstStep: 'Start the failed node or its replica; RedisDown names them.',
  },
});

export const redisClusterKnownNodes = gauge('redis_cluster_known_nodes', {
  help: 'Nodes that a node of the cluster knows of, failed ones included.',
  owner,
  panel: valueBy('instance'),
  noAlert: 'a node that is gone shows as down, and its slots as failed',
});

export const redisMasterLinkUp = gauge('redis_master_link_up', {
  help: '1 while a replica hears its primary; only replicas have it.',
  owner,
  labels: { master_host: 'any', master_port: 'any' },
  panel: valueBy('instance'),
  alert: {
    name: 'RedisReplicaLinkDown',
    severity: 'ticket',
    of: 'value',
    by: ['instance'],
    below: 1,
    for: '2m',
    component,
    summary: 'Redis at {{ $labels.instance }} does not hear its master',
    impact: 'Should the master end now, what was written since is lost.',
    firstStep: 'Does the master run? Then read the log of the replica: login, network, full sync.',
  },
});

export const redisConnectedSlaveLag = gauge('redis_connected_slave_lag_seconds', {
  help: 'Time since a replica last said how far it is; only masters have it.',
  owner,
  unit: 'seconds',
  labels: { slave_ip: 'any', slave_port: 'any', slave_state: 'any' },
  panel: valueBy('instance'),
  alert: {
    name: 'RedisReplicationLagHigh',
    severity: 'ticket',
    of: 'value',
    by: ['instance', 'slave_port'],
    above: 10,
    for: '2m',
    component,
    summary:
      'The replica :{{ $labels.slave_port }} of Redis at {{ $labels.instance }} falls behind',
    impact: 'Should the master end now, what the replica has not got is lost.',
    firstStep: 'Compare the offsets of both (INFO replication): a slow network, or a busy replica?',
  },
});

/** What a node of a cluster has besides. */
export const redisClusterSignals: readonly Metric[] = [
  redisClusterState,
  redisClusterSlotsOk,
  redisClusterSlotsFail,
  redisClusterKnownNodes,
];

/** What masters and replicas have besides. */
export const redisReplicaSignals: readonly Metric[] = [redisMasterLinkUp, redisConnectedSlaveLag];

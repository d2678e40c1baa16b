import { valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Debian's prometheus-redis-exporter. */
const owner = 'redis';

export const redisClusterState = gauge('redis_cluster_state', {
  help: '1 while the cluster takes commands; only nodes of a cluster have it.',
  owner,
  panel: valueBy('instance'),
  noAlert: 'waits for a cluster that is watched',
});

export const redisClusterSlotsOk = gauge('redis_cluster_slots_ok', {
  help: 'Slots that are served; only nodes of a cluster have it.',
  owner,
  panel: valueBy('instance'),
  noAlert: 'waits for a cluster that is watched',
});

export const redisClusterSlotsFail = gauge('redis_cluster_slots_fail', {
  help: 'Slots whose node is down; only nodes of a cluster have it.',
  owner,
  panel: valueBy('instance'),
  noAlert: 'waits for a cluster that is watched',
});

export const redisMasterLinkUp = gauge('redis_master_link_up', {
  help: '1 while a replica hears its primary; only replicas have it.',
  owner,
  panel: valueBy('instance'),
  noAlert: 'waits for a replica that is watched',
});

/** What a node of a cluster has besides; not part of the configuration while none is watched. */
export const redisClusterSignals: readonly Metric[] = [
  redisClusterState,
  redisClusterSlotsOk,
  redisClusterSlotsFail,
];

/** What a replica has besides; not part of the configuration while none is watched. */
export const redisReplicaSignals: readonly Metric[] = [redisMasterLinkUp];

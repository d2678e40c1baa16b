import { rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';

/** Debian's prometheus-redis-exporter. */
const owner = 'redis';
export const redisMemoryUsedBytes = gauge('redis_memory_used_bytes', {
  help: 'Memory that Redis has allocated.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  alert: {
    name: 'RedisMemoryNearMax',
    severity: 'ticket',
    of: 'value',
    against: { signal: 'redis_memory_max_bytes' },
    by: ['instance'],
    atLeast: 1,
    above: 0.9,
    for: '5m',
    component: 'redis',
    summary: '{{ $labels.instance }}: more than 90 % of maxmemory is used',
    impact: 'At the limit Redis evicts keys or refuses writes, orders in its streams among them.',
    firstStep: 'Find the largest keys: redis-cli --bigkeys.',
  },
});

export const redisMemoryMaxBytes = gauge('redis_memory_max_bytes', {
  help: 'Memory that Redis may use; 0 for no limit.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'a constant of the configuration',
});

export const redisMemoryUsedRssBytes = gauge('redis_memory_used_rss_bytes', {
  help: 'Memory that Redis holds as the system sees it.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'compared with the limit, not with a number',
});

export const redisMemFragmentationRatio = gauge('redis_mem_fragmentation_ratio', {
  help: 'Resident memory out of allocated memory.',
  owner,
  unit: 'ratio',
  panel: valueBy(),
  noAlert: 'of a small Redis it is high without harm',
});

export const redisEvictedKeysTotal = counter('redis_evicted_keys_total', {
  help: 'Keys thrown out because memory was short.',
  owner,
  panel: rateBy(),
  alert: {
    name: 'RedisEvicting',
    severity: 'ticket',
    of: 'rate',
    above: 10,
    for: '10m',
    component: 'redis',
    summary: '{{ $labels.instance }} throws keys away to make room',
    impact: 'The cache answers less, so the database reads more and pages become slower.',
    firstStep:
      'redis-cli --memkeys: what takes the room? Raise maxmemory when all of it is needed.',
  },
});

export const redisExpiredKeysTotal = counter('redis_expired_keys_total', {
  help: 'Keys whose time was over.',
  owner,
  panel: rateBy(),
  noAlert: 'keys are meant to expire',
});

export const redisDbKeys = gauge('redis_db_keys', {
  help: 'Keys, by database.',
  owner,
  labels: { db: 'any' },
  panel: valueBy('db'),
  noAlert: 'how much is kept is decided by those who write',
});

export const redisAofLastWriteStatus = gauge('redis_aof_last_write_status', {
  help: '1 when the last write to the append-only file succeeded.',
  owner,
  panel: valueBy(),
  alert: {
    name: 'RedisPersistenceFailed',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '1m',
    summary: 'Redis at {{ $labels.instance }} cannot write its log to disk',
    impact:
      'Should it restart now, what it has acknowledged since is lost, messages of the queue too.',
    firstStep: 'df -h: is the disk full? Free it, and do not restart Redis before it writes again.',
  },
});

export const redisAofCurrentSizeBytes = gauge('redis_aof_current_size_bytes', {
  help: 'Size of the append-only file.',
  owner,
  unit: 'bytes',
  panel: valueBy(),
  noAlert: 'rewrites keep it small',
});

export const redisAofDelayedFsync = counter('redis_aof_delayed_fsync', {
  help: 'Times an fsync was so slow that writing waited for it.',
  owner,
  panel: rateBy(),
  noAlert: 'a slow disk shows in the latency of the callers',
});

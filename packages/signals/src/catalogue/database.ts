import { latencyBucketsSeconds } from '../buckets.ts';
import { quantilesBy, valueBy } from '../panel-hint.ts';
import { gauge, histogram } from '../signal.ts';

/** Every call to MySQL or Redis. */
export const dbClientOperationDuration = histogram('db_client_operation_duration_seconds', {
  help: 'Time of a database call as its caller sees it, waiting for a connection excluded.',
  unit: 'seconds',
  labels: {
    db_system_name: ['mysql', 'redis'],
    /** SELECT, INSERT, GET … */
    db_operation_name: 'any',
    outcome: ['ok', 'error'],
  },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('service', 'db_system_name'),
  alert: {
    name: 'DatabaseCallsFailing',
    severity: 'ticket',
    of: 'rate',
    where: { outcome: 'error' },
    against: { signal: 'db_client_operation_duration_seconds_count' },
    by: ['db_system_name'],
    atLeast: 0.1,
    above: 0.05,
    for: '3m',
    component: 'database',
    summary:
      '{{ $labels.service }}: more than 5 % of its calls to {{ $labels.db_system_name }} fail',
    impact:
      'Requests of {{ $labels.service }} that need {{ $labels.db_system_name }} end in errors or fallbacks.',
    firstStep: 'Look at the log lines "database call failed": their error.type names the cause.',
  },
});

/** Connections of a MySQL pool. */
export const dbClientConnections = gauge('db_client_connection_count', {
  help: 'Connections of a database pool, by state.',
  labels: { pool: ['primary', 'replica'], state: ['idle', 'used'] },
  panel: valueBy('service', 'pool', 'state'),
  noAlert: 'an exhausted pool shows as waiting requests',
});

/** Callers waiting for a connection. */
export const dbClientPendingRequests = gauge('db_client_connection_pending_requests', {
  help: 'Callers waiting for a connection of a database pool.',
  labels: { pool: ['primary', 'replica'] },
  panel: valueBy('service', 'pool'),
  alert: {
    name: 'PoolExhausted',
    severity: 'ticket',
    of: 'value',
    above: 5,
    for: '2m',
    summary: '{{ $labels.service }}: callers wait for a connection of the {{ $labels.pool }} pool',
    impact: 'Requests wait before they reach the database; soon the gateway gives them up.',
    firstStep: 'SHOW PROCESSLIST: which slow statement or open transaction holds the connections?',
  },
});

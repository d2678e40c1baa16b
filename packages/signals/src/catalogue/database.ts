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
  noAlert: 'covered by the database objectives (a query answers within 300 ms)',
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
  },
});

import { valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Debian's prometheus-mysqld-exporter of MySQL or MariaDB. */
const owner = 'mariadb';
const ofReplica = { by: ['instance'], component: 'mysql' } as const;

export const mysqlSlaveStatusSlaveIoRunning = gauge('mysql_slave_status_slave_io_running', {
  help: '1 while a replica receives the log of its primary; only replicas have it.',
  owner,
  labels: { master_host: 'any' },
  panel: valueBy('instance'),
  alert: {
    ...ofReplica,
    name: 'MySQLReplicaNotReceiving',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '1m',
    silences: ['MySQLReplicationLagHigh'],
    summary: 'The replica behind {{ $labels.instance }} receives nothing from its primary',
    impact: 'Nothing can replace the primary without loss, and queries read what is old.',
    firstStep: 'SHOW SLAVE STATUS: Last_IO_Error says whether it is the network or the login.',
  },
});

export const mysqlSlaveStatusSlaveSqlRunning = gauge('mysql_slave_status_slave_sql_running', {
  help: '1 while a replica applies the log of its primary; only replicas have it.',
  owner,
  labels: { master_host: 'any' },
  panel: valueBy('instance'),
  alert: {
    ...ofReplica,
    name: 'MySQLReplicaNotApplying',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '1m',
    silences: ['MySQLReplicationLagHigh'],
    summary: 'The replica behind {{ $labels.instance }} applies nothing of what it receives',
    impact: 'Queries read what is old; what it received is safe and waits.',
    firstStep: 'SHOW SLAVE STATUS: Last_SQL_Error names the statement that does not fit its data.',
  },
});

export const mysqlSlaveStatusSecondsBehindMaster = gauge(
  'mysql_slave_status_seconds_behind_master',
  {
    help: 'How far a replica lies behind its primary; only replicas have it.',
    owner,
    unit: 'seconds',
    labels: { master_host: 'any' },
    panel: valueBy('instance'),
    alert: [
      {
        ...ofReplica,
        name: 'MySQLReplicationLagHigh',
        severity: 'ticket',
        of: 'value',
        above: 10,
        for: '2m',
        summary: 'The replica behind {{ $labels.instance }} is more than ten seconds late',
        impact: 'Queries ask the primary instead, which then carries the load of both.',
        firstStep: 'Look for one long transaction on the primary; a replica applies it as a whole.',
      },
      {
        ...ofReplica,
        name: 'MySQLReplicationLagCritical',
        severity: 'ticket',
        of: 'value',
        above: 300,
        for: '1m',
        silences: ['MySQLReplicationLagHigh'],
        summary: 'The replica behind {{ $labels.instance }} is more than five minutes late',
        impact: 'Should the primary end now, nobody takes writes until the replica has caught up.',
        firstStep: 'See whether it gains or loses: if it loses, take load off the primary.',
      },
    ],
  },
);

/** What a replica has besides. */
export const mysqlReplicaSignals: readonly Metric[] = [
  mysqlSlaveStatusSlaveIoRunning,
  mysqlSlaveStatusSlaveSqlRunning,
  mysqlSlaveStatusSecondsBehindMaster,
];

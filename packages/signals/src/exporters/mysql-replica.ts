import { valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Debian's prometheus-mysqld-exporter of MySQL or MariaDB. */
const owner = 'mariadb';

export const mysqlSlaveStatusSlaveIoRunning = gauge('mysql_slave_status_slave_io_running', {
  help: '1 while a replica receives the log of its primary; only replicas have it.',
  owner,
  labels: { master_host: 'any' },
  panel: valueBy('instance'),
  noAlert: 'waits for a replica that is watched',
});

export const mysqlSlaveStatusSlaveSqlRunning = gauge('mysql_slave_status_slave_sql_running', {
  help: '1 while a replica applies the log of its primary; only replicas have it.',
  owner,
  labels: { master_host: 'any' },
  panel: valueBy('instance'),
  noAlert: 'waits for a replica that is watched',
});

export const mysqlSlaveStatusSecondsBehindMaster = gauge(
  'mysql_slave_status_seconds_behind_master',
  {
    help: 'How far a replica lies behind its primary; only replicas have it.',
    owner,
    unit: 'seconds',
    labels: { master_host: 'any' },
    panel: valueBy('instance'),
    noAlert: 'waits for a replica that is watched',
  },
);

/** What a replica has besides; not part of the configuration while none is watched. */
export const mysqlReplicaSignals: readonly Metric[] = [
  mysqlSlaveStatusSlaveIoRunning,
  mysqlSlaveStatusSlaveSqlRunning,
  mysqlSlaveStatusSecondsBehindMaster,
];

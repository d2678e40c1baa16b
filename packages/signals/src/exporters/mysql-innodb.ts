import { rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';

/** Debian's prometheus-mysqld-exporter of MySQL or MariaDB. */
const owner = 'mariadb';
export const mysqlGlobalStatusInnodbRowLockWaits = counter(
  'mysql_global_status_innodb_row_lock_waits',
  {
    help: 'Times a statement waited for a row lock.',
    owner,
    panel: rateBy(),
    noAlert: 'waits show in the latency of queries',
  },
);

export const mysqlGlobalStatusInnodbRowLockTime = counter(
  'mysql_global_status_innodb_row_lock_time',
  {
    help: 'Milliseconds spent waiting for row locks.',
    owner,
    unit: 'milliseconds',
    panel: rateBy(),
    noAlert: 'waits show in the latency of queries',
  },
);

export const mysqlGlobalStatusInnodbDeadlocks = counter('mysql_global_status_innodb_deadlocks', {
  help: 'Deadlocks found and resolved.',
  owner,
  panel: rateBy(),
  alert: {
    name: 'MySQLDeadlocks',
    severity: 'ticket',
    of: 'increase',
    window: '15m',
    above: 10,
    for: '1m',
    component: 'mysql',
    summary: '{{ $labels.instance }}: transactions deadlock again and again',
    impact: 'One of the two is rolled back each time; a request that does not try again fails.',
    firstStep: 'SHOW ENGINE INNODB STATUS names both transactions of the latest one.',
  },
});

export const mysqlGlobalStatusInnodbBufferPoolReadRequests = counter(
  'mysql_global_status_innodb_buffer_pool_read_requests',
  {
    help: 'Pages asked of the buffer pool.',
    owner,
    panel: rateBy(),
    noAlert: 'compared with the reads from disk',
  },
);

export const mysqlGlobalStatusInnodbBufferPoolReads = counter(
  'mysql_global_status_innodb_buffer_pool_reads',
  {
    help: 'Pages that were not in the buffer pool and came from disk.',
    owner,
    panel: rateBy(),
    noAlert: 'reads from disk show in the latency of queries',
  },
);

export const mysqlGlobalStatusBufferPoolPages = gauge('mysql_global_status_buffer_pool_pages', {
  help: 'Pages of the buffer pool, by state.',
  owner,
  labels: { state: 'any' },
  panel: valueBy('state'),
  noAlert: 'a full buffer pool is what it is for',
});

export const mysqlGlobalStatusInnodbHistoryListLength = gauge(
  'mysql_global_status_innodb_history_list_length',
  {
    help: 'Undo records that are not purged yet.',
    owner,
    panel: valueBy('instance'),
    alert: {
      name: 'MySQLHistoryListLong',
      severity: 'ticket',
      of: 'value',
      above: 1_000_000,
      for: '10m',
      component: 'mysql',
      summary: '{{ $labels.instance }}: a million undo records wait for a transaction to end',
      impact: 'Every read walks through them, so all queries become slower and the disk fills.',
      firstStep: 'Find the oldest transaction: information_schema.innodb_trx by trx_started.',
    },
  },
);

export const mysqlGlobalStatusInnodbCheckpointAge = gauge(
  'mysql_global_status_innodb_checkpoint_age',
  {
    help: 'Redo log written since the last checkpoint.',
    owner,
    unit: 'bytes',
    panel: valueBy(),
    noAlert: 'compared with its maximum',
  },
);

export const mysqlGlobalStatusInnodbCheckpointMaxAge = gauge(
  'mysql_global_status_innodb_checkpoint_max_age',
  {
    help: 'Redo log that may be written before a checkpoint is forced.',
    owner,
    unit: 'bytes',
    panel: valueBy(),
    noAlert: 'a constant of the configuration',
  },
);

export const mysqlGlobalStatusInnodbDataFsyncs = counter('mysql_global_status_innodb_data_fsyncs', {
  help: 'fsync calls of InnoDB.',
  owner,
  panel: rateBy(),
  noAlert: 'how often is decided by commits',
});

export const mysqlGlobalStatusInnodbDataRead = counter('mysql_global_status_innodb_data_read', {
  help: 'Bytes read from data files.',
  owner,
  unit: 'bytes',
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const mysqlGlobalStatusInnodbDataWritten = counter(
  'mysql_global_status_innodb_data_written',
  {
    help: 'Bytes written to data files.',
    owner,
    unit: 'bytes',
    panel: rateBy(),
    noAlert: 'traffic is decided by those who ask',
  },
);

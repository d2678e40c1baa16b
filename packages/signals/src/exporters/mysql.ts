import { noPanel, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';
import * as innodb from './mysql-innodb.ts';

/** Debian's prometheus-mysqld-exporter of MySQL or MariaDB. */
const owner = 'mariadb';

export const mysqlUp = gauge('mysql_up', {
  help: '1 when the exporter could connect and ask.',
  owner,
  panel: valueBy('instance'),
  alert: {
    name: 'MySQLDown',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '1m',
    silences: [
      'MySQLReplicaNotReceiving',
      'MySQLReplicaNotApplying',
      'MySQLReplicationLagHigh',
      'MySQLReplicationLagCritical',
      'SignalsMissing',
    ],
    summary: 'MySQL at {{ $labels.instance }} lets nobody in',
    impact: 'Services that use it answer with fallbacks or stale pages, and what writes fails.',
    firstStep:
      'Does mariadb run: ./sprout status? Its last words stand in .sprout/logs/mariadb.log.',
  },
});

export const mysqlVersionInfo = gauge('mysql_version_info', {
  help: 'The version of the server, as labels; always 1.',
  owner,
  labels: { version: 'any', version_comment: 'any' },
  panel: noPanel('a constant, looked up when a version matters'),
  noAlert: 'a constant of the server',
});

export const mysqlGlobalStatusUptime = gauge('mysql_global_status_uptime', {
  help: 'Time since the server started.',
  owner,
  unit: 'seconds',
  panel: noPanel(),
  alert: {
    name: 'MySQLRestarted',
    severity: 'info',
    of: 'value',
    // A server that starts for the first time has not been restarted.
    against: { ago: '15m' },
    below: 1,
    for: '0s',
    component: 'mysql',
    summary: '{{ $labels.instance }} has been restarted within the last 15 minutes',
    impact:
      'All connections broke and came back; its caches are cold, so queries are slower for a while.',
    firstStep: 'Planned? If not, the error log says why it ended; was there an OutOfMemoryKill?',
  },
});

export const mysqlGlobalStatusQueries = counter('mysql_global_status_queries', {
  help: 'Statements executed, those inside stored programs included.',
  owner,
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const mysqlGlobalStatusCommandsTotal = counter('mysql_global_status_commands_total', {
  help: 'Statements executed, by command.',
  owner,
  labels: { command: 'any' },
  panel: rateBy('command'),
  noAlert: 'traffic is decided by those who ask',
});

export const mysqlGlobalStatusSlowQueries = counter('mysql_global_status_slow_queries', {
  help: 'Statements that took longer than long_query_time.',
  owner,
  panel: rateBy(),
  alert: {
    name: 'MySQLSlowQueries',
    severity: 'ticket',
    of: 'rate',
    above: 0.5,
    for: '10m',
    component: 'mysql',
    summary: '{{ $labels.instance }}: a query every two seconds is slower than long_query_time',
    impact: 'Requests that need them are slow, and hold connections that others wait for.',
    firstStep: 'Read the slow query log; EXPLAIN the query that costs the most.',
  },
});

export const mysqlGlobalStatusThreadsConnected = gauge('mysql_global_status_threads_connected', {
  help: 'Open connections.',
  owner,
  panel: valueBy(),
  alert: {
    name: 'MySQLConnectionsNearMax',
    severity: 'ticket',
    of: 'value',
    against: { signal: 'mysql_global_variables_max_connections' },
    by: ['instance'],
    above: 0.8,
    for: '5m',
    component: 'mysql',
    summary: '{{ $labels.instance }}: more than 80 % of the connections are taken',
    impact: 'At the limit every new connection is refused, and requests fail.',
    firstStep: 'See who holds them: SHOW PROCESSLIST, grouped by user and command.',
  },
});

export const mysqlGlobalStatusThreadsRunning = gauge('mysql_global_status_threads_running', {
  help: 'Connections that execute a statement now.',
  owner,
  panel: valueBy(),
  noAlert: 'many running threads show in the latency of queries',
});

export const mysqlGlobalStatusMaxUsedConnections = gauge(
  'mysql_global_status_max_used_connections',
  {
    help: 'Most connections open at once since the start.',
    owner,
    panel: valueBy(),
    noAlert: 'compared with the maximum, not with a number',
  },
);

export const mysqlGlobalVariablesMaxConnections = gauge('mysql_global_variables_max_connections', {
  help: 'Connections that may be open at once.',
  owner,
  panel: valueBy(),
  noAlert: 'a constant of the configuration',
});

export const mysqlGlobalStatusAbortedConnects = counter('mysql_global_status_aborted_connects', {
  help: 'Attempts to connect that failed.',
  owner,
  panel: rateBy(),
  noAlert: 'a client that fails to connect reports it itself',
});

export const mysqlGlobalStatusAbortedClients = counter('mysql_global_status_aborted_clients', {
  help: 'Connections that ended without a good-bye.',
  owner,
  panel: rateBy(),
  noAlert: 'killed services leave such connections behind',
});

export const mysqlGlobalStatusAccessDeniedErrors = counter(
  'mysql_global_status_access_denied_errors',
  {
    help: 'Statements and logins that were denied.',
    owner,
    panel: rateBy(),
    noAlert: 'access failures are alerted on by their logs',
  },
);

export const mysqlGlobalStatusConnectionErrorsTotal = counter(
  'mysql_global_status_connection_errors_total',
  {
    help: 'Connections refused by an error of the server, by kind.',
    owner,
    labels: { error: 'any' },
    panel: rateBy('error'),
    noAlert: 'a client that fails to connect reports it itself',
  },
);

export const mysqlGlobalStatusBytesReceived = counter('mysql_global_status_bytes_received', {
  help: 'Bytes received from clients.',
  owner,
  unit: 'bytes',
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const mysqlGlobalStatusBytesSent = counter('mysql_global_status_bytes_sent', {
  help: 'Bytes sent to clients.',
  owner,
  unit: 'bytes',
  panel: rateBy(),
  noAlert: 'traffic is decided by those who ask',
});

export const mysqlGlobalStatusCreatedTmpDiskTables = counter(
  'mysql_global_status_created_tmp_disk_tables',
  {
    help: 'Temporary tables that went to disk.',
    owner,
    panel: rateBy(),
    noAlert: 'shows in the latency of queries',
  },
);

export const mysqlGlobalVariablesReadOnly = gauge('mysql_global_variables_read_only', {
  help: '1 when the server takes no writes.',
  owner,
  panel: valueBy('instance'),
  alert: [
    {
      name: 'MySQLNoWritablePrimary',
      severity: 'ticket',
      of: 'count',
      equals: 0,
      below: 1,
      for: '1m',
      component: 'mysql',
      summary: 'No server of {{ $labels.service }} takes writes',
      impact: 'Orders, changes and logins that write fail until one does.',
      firstStep: 'See why nobody was promoted: the log of data-keeper, or SHOW SLAVE STATUS.',
    },
    {
      name: 'MySQLMultipleWritable',
      severity: 'page',
      of: 'count',
      equals: 0,
      above: 1,
      for: '1m',
      component: 'mysql',
      summary: 'More than one server of {{ $labels.service }} takes writes',
      impact:
        'What is written to both cannot be brought together again; it gets worse by the minute.',
      firstStep: 'SET GLOBAL read_only = ON on the one that services do not write to.',
    },
  ],
});

export const mysqlGlobalStatusSlavesConnected = gauge('mysql_global_status_slaves_connected', {
  help: 'Replicas that are connected.',
  owner,
  panel: valueBy(),
  noAlert: 'a replica that is gone shows in its own signals',
});

export const mysqlExporterLastScrapeError = gauge('mysql_exporter_last_scrape_error', {
  help: '1 when a part of the last scrape failed.',
  owner,
  panel: noPanel('what it could not read is missing on its dashboard'),
  noAlert: 'mysql_up tells when nothing could be read',
});

/** What the MySQL dashboard, alerts and reference know of the exporter; it exposes more. */
export const mysqlSignals: readonly Metric[] = [
  mysqlUp,
  mysqlVersionInfo,
  mysqlGlobalStatusUptime,
  mysqlGlobalStatusQueries,
  mysqlGlobalStatusCommandsTotal,
  mysqlGlobalStatusSlowQueries,
  mysqlGlobalStatusThreadsConnected,
  mysqlGlobalStatusThreadsRunning,
  mysqlGlobalStatusMaxUsedConnections,
  mysqlGlobalVariablesMaxConnections,
  mysqlGlobalStatusAbortedConnects,
  mysqlGlobalStatusAbortedClients,
  mysqlGlobalStatusAccessDeniedErrors,
  mysqlGlobalStatusConnectionErrorsTotal,
  mysqlGlobalStatusBytesReceived,
  mysqlGlobalStatusBytesSent,
  mysqlGlobalStatusCreatedTmpDiskTables,
  mysqlGlobalVariablesReadOnly,
  mysqlGlobalStatusSlavesConnected,
  mysqlExporterLastScrapeError,
  ...Object.values(innodb),
];

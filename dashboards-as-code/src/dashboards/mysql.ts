import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { figure, gauge, lines, lowIsGood, query, timeline } from '../panels/panel.ts';
import { choice } from '../panels/variables.ts';
import { board, folders, row, rowFor } from './dashboard.ts';

const at = { instance: 'instance' } as const;
const per = <L extends string>(v: q.Vector<L | 'instance'>) => q.sumBy(['instance'], v);
const state = (signal: typeof x.mysqlUp) => q.maxBy(['instance'], q.value(q.pick(signal, {}, at)));
const speed = (signal: typeof x.mysqlGlobalStatusQueries) => per(q.rate(q.pick(signal, {}, at)));

const running = [
  { value: 0, text: 'stopped', color: 'red' },
  { value: 1, text: 'runs', color: 'green' },
] as const;

/** MySQL or MariaDB: is it there, how busy, what waits, what reaches the disk. */
export const mysqlDashboard = () =>
  board({
    slug: 'mysql',
    title: 'MySQL',
    description: 'State, connections, locks and the buffer pool of MySQL or MariaDB.',
    folder: folders.infrastructure,
    variables: [choice('instance', 'Instance', x.mysqlUp.name, 'instance')],
    examples: { instance: '.+' },
    about: 'mariadb',
    began: q.since(q.value(q.pick(x.mysqlGlobalStatusUptime, {}, at))),
    rows: [
      row(
        'State',
        figure('Up', x.mysqlUp.help, 'none', [query(state(x.mysqlUp), '{{instance}}')], {
          thresholds: [{ color: 'red' }, { from: 1, color: 'green' }],
          states: [
            { value: 0, text: 'down', color: 'red' },
            { value: 1, text: 'up', color: 'green' },
          ],
        }),
        figure('Running for', 'Time since the server started.', 's', [
          query(state(x.mysqlGlobalStatusUptime), '{{instance}}'),
        ]),
        gauge(
          'Connections used',
          'Open connections out of those that may be open; at 1 nobody else gets in.',
          'percentunit',
          [
            query(
              q.ratio(
                state(x.mysqlGlobalStatusThreadsConnected),
                state(x.mysqlGlobalVariablesMaxConnections),
              ),
              '{{instance}}',
            ),
          ],
          { min: 0, max: 1, thresholds: lowIsGood(0.7, 0.9), height: 4 },
        ),
        figure('Queries', x.mysqlGlobalStatusQueries.help, 'reqps', [
          query(speed(x.mysqlGlobalStatusQueries), '{{instance}}'),
        ]),
        figure('Read-only', x.mysqlGlobalVariablesReadOnly.help, 'none', [
          query(state(x.mysqlGlobalVariablesReadOnly), '{{instance}}'),
        ]),
        figure('Replicas', x.mysqlGlobalStatusSlavesConnected.help, 'short', [
          query(state(x.mysqlGlobalStatusSlavesConnected), '{{instance}}'),
        ]),
      ),
      rowFor(
        x.mysqlReplicaSignals,
        'Replication',
        timeline(
          'Receiving',
          x.mysqlSlaveStatusSlaveIoRunning.help,
          'none',
          [query(state(x.mysqlSlaveStatusSlaveIoRunning), '{{instance}}')],
          { height: 6, width: 8, states: running },
        ),
        timeline(
          'Applying',
          x.mysqlSlaveStatusSlaveSqlRunning.help,
          'none',
          [query(state(x.mysqlSlaveStatusSlaveSqlRunning), '{{instance}}')],
          { height: 6, width: 8, states: running },
        ),
        lines(
          'Behind the primary',
          x.mysqlSlaveStatusSecondsBehindMaster.help,
          's',
          [query(state(x.mysqlSlaveStatusSecondsBehindMaster), '{{instance}}')],
          { height: 6, min: 0, thresholds: lowIsGood(10, 300) },
        ),
        timeline(
          'Role',
          'Which server takes writes; the other follows it.',
          'none',
          [query(state(x.mysqlGlobalVariablesReadOnly), '{{instance}}')],
          {
            height: 6,
            width: 24,
            states: [
              { value: 0, text: 'takes writes', color: 'blue' },
              { value: 1, text: 'read-only', color: 'gray' },
            ],
          },
        ),
      ),
      row(
        'Work',
        lines(
          'Statements by command',
          'Statements per second, the ten most frequent commands.',
          'reqps',
          [
            query(
              q.top(
                10,
                q.sumBy(['command'], q.rate(q.pick(x.mysqlGlobalStatusCommandsTotal, {}, at))),
              ),
              '{{command}}',
            ),
          ],
        ),
        lines('Slow queries', x.mysqlGlobalStatusSlowQueries.help, 'cps', [
          query(speed(x.mysqlGlobalStatusSlowQueries), '{{instance}}'),
        ]),
        lines('Traffic', 'Bytes per second from and to clients.', 'Bps', [
          query(speed(x.mysqlGlobalStatusBytesReceived), 'received {{instance}}'),
          query(speed(x.mysqlGlobalStatusBytesSent), 'sent {{instance}}'),
        ]),
      ),
      row(
        'Connections',
        lines(
          'Connections',
          'Open connections, those that work, and how many may be open.',
          'short',
          [
            query(state(x.mysqlGlobalStatusThreadsConnected), 'open {{instance}}'),
            query(state(x.mysqlGlobalStatusMaxUsedConnections), 'most so far {{instance}}'),
            query(state(x.mysqlGlobalVariablesMaxConnections), 'limit {{instance}}'),
          ],
        ),
        lines('Running statements', x.mysqlGlobalStatusThreadsRunning.help, 'short', [
          query(state(x.mysqlGlobalStatusThreadsRunning), '{{instance}}'),
        ]),
        lines(
          'Refused and lost',
          'Connections per second that failed, were refused, or ended without a good-bye.',
          'cps',
          [
            query(speed(x.mysqlGlobalStatusAbortedConnects), 'failed {{instance}}'),
            query(speed(x.mysqlGlobalStatusAbortedClients), 'lost {{instance}}'),
            query(speed(x.mysqlGlobalStatusAccessDeniedErrors), 'denied {{instance}}'),
            query(
              q.sumBy(['error'], q.rate(q.pick(x.mysqlGlobalStatusConnectionErrorsTotal, {}, at))),
              'error {{error}}',
            ),
          ],
        ),
      ),
      row(
        'Locks',
        lines('Row lock waits', x.mysqlGlobalStatusInnodbRowLockWaits.help, 'cps', [
          query(speed(x.mysqlGlobalStatusInnodbRowLockWaits), '{{instance}}'),
        ]),
        lines(
          'Time waiting for row locks',
          'Share of time that statements wait for row locks; those that wait at once add up.',
          'percentunit',
          [query(q.times(speed(x.mysqlGlobalStatusInnodbRowLockTime), 0.001), '{{instance}}')],
        ),
        lines('Deadlocks', x.mysqlGlobalStatusInnodbDeadlocks.help, 'cps', [
          query(speed(x.mysqlGlobalStatusInnodbDeadlocks), '{{instance}}'),
        ]),
      ),
      row(
        'InnoDB',
        lines(
          'Buffer pool hits',
          'Pages found in the buffer pool out of pages asked for.',
          'percentunit',
          [
            query(
              q.rest(
                q.ratio(
                  speed(x.mysqlGlobalStatusInnodbBufferPoolReads),
                  speed(x.mysqlGlobalStatusInnodbBufferPoolReadRequests),
                ),
              ),
              '{{instance}}',
            ),
          ],
          { max: 1 },
        ),
        lines(
          'Buffer pool pages',
          x.mysqlGlobalStatusBufferPoolPages.help,
          'short',
          [
            query(
              q.sumBy(['state'], q.value(q.pick(x.mysqlGlobalStatusBufferPoolPages, {}, at))),
              '{{state}}',
            ),
          ],
          { stacked: true },
        ),
        lines(
          'Checkpoint age',
          'Redo log since the last checkpoint, and how long it may become.',
          'bytes',
          [
            query(state(x.mysqlGlobalStatusInnodbCheckpointAge), '{{instance}}'),
            query(state(x.mysqlGlobalStatusInnodbCheckpointMaxAge), 'limit {{instance}}'),
          ],
        ),
        lines('History list', x.mysqlGlobalStatusInnodbHistoryListLength.help, 'short', [
          query(state(x.mysqlGlobalStatusInnodbHistoryListLength), '{{instance}}'),
        ]),
        lines('Data files', 'Bytes per second read from and written to data files.', 'Bps', [
          query(speed(x.mysqlGlobalStatusInnodbDataRead), 'read {{instance}}'),
          query(speed(x.mysqlGlobalStatusInnodbDataWritten), 'written {{instance}}'),
        ]),
        lines(
          'Syncs and temporary tables',
          'fsync calls and temporary tables on disk, per second.',
          'cps',
          [
            query(speed(x.mysqlGlobalStatusInnodbDataFsyncs), 'fsync {{instance}}'),
            query(speed(x.mysqlGlobalStatusCreatedTmpDiskTables), 'temporary tables {{instance}}'),
          ],
        ),
      ),
    ],
  });

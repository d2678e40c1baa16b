import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { figure, gauge, lines, lowIsGood, query, timeline } from '../panels/panel.ts';
import { choice } from '../panels/variables.ts';
import { board, folders, row, rowFor } from './dashboard.ts';

const at = { instance: 'instance' } as const;
const state = (signal: typeof x.redisUp) => q.maxBy(['instance'], q.value(q.pick(signal, {}, at)));
const speed = (signal: typeof x.redisCommandsProcessedTotal) =>
  q.sumBy(['instance'], q.rate(q.pick(signal, {}, at)));
const byCommand = (signal: typeof x.redisCommandsTotal) =>
  q.sumBy(['cmd'], q.rate(q.pick(signal, {}, at)));

/** Redis: is it there, how fast, how full, is what it keeps on disk. */
export const redisDashboard = () =>
  board({
    slug: 'redis',
    title: 'Redis',
    description: 'State, commands, memory, clients and persistence of Redis.',
    folder: folders.infrastructure,
    variables: [choice('instance', 'Instance', x.redisUp.name, 'instance')],
    examples: { instance: '.+' },
    about: 'redis',
    began: q.since(q.value(q.pick(x.redisUptimeInSeconds, {}, at))),
    rows: [
      row(
        'State',
        figure('Up', x.redisUp.help, 'none', [query(state(x.redisUp), '{{instance}}')], {
          thresholds: [{ color: 'red' }, { from: 1, color: 'green' }],
          states: [
            { value: 0, text: 'down', color: 'red' },
            { value: 1, text: 'up', color: 'green' },
          ],
        }),
        figure('Running for', x.redisUptimeInSeconds.help, 's', [
          query(state(x.redisUptimeInSeconds), '{{instance}}'),
        ]),
        gauge(
          'Memory used',
          'Memory allocated out of what Redis may use; then pages of caches are thrown out.',
          'percentunit',
          [
            query(
              q.ratio(state(x.redisMemoryUsedBytes), state(x.redisMemoryMaxBytes)),
              '{{instance}}',
            ),
          ],
          { min: 0, max: 1, thresholds: lowIsGood(0.8, 0.95), height: 4 },
        ),
        figure('Commands', x.redisCommandsProcessedTotal.help, 'reqps', [
          query(speed(x.redisCommandsProcessedTotal), '{{instance}}'),
        ]),
        figure('Look-ups that hit', 'Look-ups that found a key, out of all.', 'percentunit', [
          query(
            q.ratio(
              speed(x.redisKeyspaceHitsTotal),
              q.plus(speed(x.redisKeyspaceHitsTotal), speed(x.redisKeyspaceMissesTotal)),
            ),
            '{{instance}}',
          ),
        ]),
        figure(
          'Log on disk',
          x.redisAofLastWriteStatus.help,
          'none',
          [query(state(x.redisAofLastWriteStatus), '{{instance}}')],
          {
            states: [
              { value: 0, text: 'fails', color: 'red' },
              { value: 1, text: 'written', color: 'green' },
            ],
          },
        ),
      ),
      rowFor(
        x.redisClusterSignals,
        'Cluster',
        timeline(
          'State',
          x.redisClusterState.help,
          'none',
          [query(state(x.redisClusterState), '{{instance}}')],
          {
            states: [
              { value: 0, text: 'fails', color: 'red' },
              { value: 1, text: 'ok', color: 'green' },
            ],
          },
        ),
        lines(
          'Slots',
          'Slots as each node sees them: served, and failed.',
          'short',
          [
            query(state(x.redisClusterSlotsOk), 'served {{instance}}'),
            query(state(x.redisClusterSlotsFail), 'failed {{instance}}'),
          ],
          { width: 6 },
        ),
        lines(
          'Known nodes',
          x.redisClusterKnownNodes.help,
          'short',
          [query(state(x.redisClusterKnownNodes), '{{instance}}')],
          { width: 6 },
        ),
      ),
      rowFor(
        x.redisReplicaSignals,
        'Replication',
        timeline(
          'Replicas hear their master',
          x.redisMasterLinkUp.help,
          'none',
          [query(state(x.redisMasterLinkUp), '{{instance}}')],
          {
            states: [
              { value: 0, text: 'cut off', color: 'red' },
              { value: 1, text: 'in touch', color: 'green' },
            ],
          },
        ),
        lines(
          'Replicas fall behind',
          x.redisConnectedSlaveLag.help,
          's',
          [
            query(
              q.maxBy(
                ['instance', 'slave_port'],
                q.value(q.pick(x.redisConnectedSlaveLag, {}, at)),
              ),
              '{{instance}} → :{{slave_port}}',
            ),
          ],
          { width: 12, min: 0, thresholds: lowIsGood(10, 60) },
        ),
      ),
      row(
        'Commands',
        lines('Commands', 'Commands per second, the ten most frequent.', 'reqps', [
          query(q.top(10, byCommand(x.redisCommandsTotal)), '{{cmd}}'),
        ]),
        lines('Time per command', 'Mean time of a command, the ten slowest.', 's', [
          query(
            q.top(
              10,
              q.ratio(
                byCommand(x.redisCommandsDurationSecondsTotal),
                byCommand(x.redisCommandsTotal),
              ),
            ),
            '{{cmd}}',
          ),
        ]),
        lines(
          'Latency since the start, p99',
          '99th percentile of a command since the server started.',
          'µs',
          [
            query(
              q.top(
                10,
                q.maxBy(
                  ['cmd'],
                  q.value(q.pick(x.redisLatencyPercentilesUsec, { quantile: '99' }, at)),
                ),
              ),
              '{{cmd}}',
            ),
          ],
        ),
        lines(
          'Failed and rejected',
          'Commands per second that ended with an error or were not executed.',
          'cps',
          [
            query(byCommand(x.redisCommandsFailedCallsTotal), 'failed {{cmd}}'),
            query(byCommand(x.redisCommandsRejectedCallsTotal), 'rejected {{cmd}}'),
          ],
        ),
        lines('Look-ups', 'Look-ups per second that found a key or none.', 'cps', [
          query(speed(x.redisKeyspaceHitsTotal), 'hits {{instance}}'),
          query(speed(x.redisKeyspaceMissesTotal), 'misses {{instance}}'),
        ]),
        lines('Slow log', x.redisSlowlogLength.help, 'short', [
          query(state(x.redisSlowlogLength), '{{instance}}'),
        ]),
      ),
      row(
        'Memory and keys',
        lines('Memory', 'Memory allocated, resident, and how much may be used.', 'bytes', [
          query(state(x.redisMemoryUsedBytes), 'allocated {{instance}}'),
          query(state(x.redisMemoryUsedRssBytes), 'resident {{instance}}'),
          query(state(x.redisMemoryMaxBytes), 'limit {{instance}}'),
        ]),
        lines('Fragmentation', x.redisMemFragmentationRatio.help, 'short', [
          query(state(x.redisMemFragmentationRatio), '{{instance}}'),
        ]),
        lines('Keys', x.redisDbKeys.help, 'short', [
          query(q.sumBy(['db'], q.value(q.pick(x.redisDbKeys, {}, at))), '{{db}}'),
        ]),
        lines(
          'Evicted and expired',
          'Keys per second thrown out for memory, and whose time was over.',
          'cps',
          [
            query(speed(x.redisEvictedKeysTotal), 'evicted {{instance}}'),
            query(speed(x.redisExpiredKeysTotal), 'expired {{instance}}'),
          ],
        ),
      ),
      row(
        'Clients and machine',
        lines(
          'Clients',
          'Open connections, those that wait in a command, and the limit.',
          'short',
          [
            query(state(x.redisConnectedClients), 'open {{instance}}'),
            query(state(x.redisBlockedClients), 'waiting {{instance}}'),
            query(state(x.redisConfigMaxclients), 'limit {{instance}}'),
          ],
        ),
        lines(
          'New and refused connections',
          'Connections per second accepted, and refused because of the limit.',
          'cps',
          [
            query(speed(x.redisConnectionsReceivedTotal), 'accepted {{instance}}'),
            query(speed(x.redisRejectedConnectionsTotal), 'refused {{instance}}'),
          ],
        ),
        lines('CPU', 'Fraction of one processor.', 'percentunit', [
          query(speed(x.redisCpuUserSecondsTotal), 'user {{instance}}'),
          query(speed(x.redisCpuSysSecondsTotal), 'kernel {{instance}}'),
        ]),
        lines('Traffic', 'Bytes per second from and to clients.', 'Bps', [
          query(speed(x.redisNetInputBytesTotal), 'received {{instance}}'),
          query(speed(x.redisNetOutputBytesTotal), 'sent {{instance}}'),
        ]),
        lines('Append-only file', x.redisAofCurrentSizeBytes.help, 'bytes', [
          query(state(x.redisAofCurrentSizeBytes), '{{instance}}'),
        ]),
        lines('Delayed syncs', x.redisAofDelayedFsync.help, 'cps', [
          query(speed(x.redisAofDelayedFsync), '{{instance}}'),
        ]),
        lines('Replicas', x.redisConnectedSlaves.help, 'short', [
          query(state(x.redisConnectedSlaves), '{{instance}}'),
        ]),
      ),
    ],
  });

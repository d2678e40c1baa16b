import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { bars, figure, gauge, lines, lowIsGood, query } from '../panels/panel.ts';
import { choice } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';
import {
  at,
  state,
  speed,
  ofDevice,
  ofMount,
  cpuUsed,
  memoryUsed,
  diskUsed,
} from './machine-use.ts';

/** One machine: used, saturated, failing; processors, memory, disks, network. */
export const machineDashboard = () =>
  board({
    slug: 'machine',
    title: 'Machine',
    description: 'Processors, memory, disks and network of a machine: use, saturation, errors.',
    folder: folders.infrastructure,
    variables: [choice('instance', 'Machine', x.nodeUnameInfo.name, 'instance')],
    examples: { instance: '.+' },
    rows: [
      row(
        'Now',
        gauge(
          'CPU',
          'Fraction of the processors that is busy.',
          'percentunit',
          [query(cpuUsed(at), '{{instance}}')],
          {
            min: 0,
            max: 1,
            thresholds: lowIsGood(0.8, 0.95),
          },
        ),
        gauge(
          'Memory',
          'Fraction of the memory that no program can have.',
          'percentunit',
          [query(memoryUsed(at), '{{instance}}')],
          {
            min: 0,
            max: 1,
            thresholds: lowIsGood(0.85, 0.95),
          },
        ),
        bars(
          'File systems',
          'Fraction of each file system that is taken.',
          'percentunit',
          [query(diskUsed(at), '{{mountpoint}}')],
          {
            min: 0,
            max: 1,
            thresholds: lowIsGood(0.8, 0.9),
            height: 6,
          },
        ),
        figure(
          'Running for',
          'Time since the machine started.',
          's',
          [query(q.since(state(x.nodeBootTimeSeconds)), '{{instance}}')],
          { height: 6 },
        ),
        figure('Load', x.nodeLoad5.help, 'short', [query(state(x.nodeLoad5), '{{instance}}')], {
          height: 6,
        }),
      ),
      row(
        'Processors',
        lines(
          'CPU by mode',
          'Processors busy, by what with.',
          'short',
          [
            query(
              q.sumBy(
                ['mode'],
                q.rate(q.pick(x.nodeCpuSecondsTotal, { mode: { not: 'idle' } }, at)),
              ),
              '{{mode}}',
            ),
          ],
          { stacked: true },
        ),
        lines('Load', 'Tasks that run or wait, averaged over 1, 5 and 15 minutes.', 'short', [
          query(state(x.nodeLoad1), '1m {{instance}}'),
          query(state(x.nodeLoad5), '5m {{instance}}'),
          query(state(x.nodeLoad15), '15m {{instance}}'),
        ]),
        lines(
          'Pressure',
          'Fraction of time in which some task waited for processor, disk or memory.',
          'percentunit',
          [
            query(speed(x.nodePressureCpuWaitingSecondsTotal), 'processor {{instance}}'),
            query(speed(x.nodePressureIoWaitingSecondsTotal), 'disk {{instance}}'),
            query(speed(x.nodePressureIoStalledSecondsTotal), 'disk, all tasks {{instance}}'),
            query(speed(x.nodePressureMemoryWaitingSecondsTotal), 'memory {{instance}}'),
          ],
          { min: 0 },
        ),
        lines('Tasks', 'Tasks that run, and that wait for a disk.', 'short', [
          query(state(x.nodeProcsRunning), 'run {{instance}}'),
          query(state(x.nodeProcsBlocked), 'wait for a disk {{instance}}'),
        ]),
        lines('Context switches', x.nodeContextSwitchesTotal.help, 'cps', [
          query(speed(x.nodeContextSwitchesTotal), '{{instance}}'),
        ]),
        lines('Clock', x.nodeTimexOffsetSeconds.help, 's', [
          query(state(x.nodeTimexOffsetSeconds), '{{instance}}'),
        ]),
      ),
      row(
        'Memory',
        lines(
          'Memory',
          'All memory, and what could be given to a program.',
          'bytes',
          [
            query(state(x.nodeMemoryMemTotalBytes), 'all {{instance}}'),
            query(state(x.nodeMemoryMemAvailableBytes), 'available {{instance}}'),
            query(state(x.nodeMemoryCachedBytes), 'pages of files {{instance}}'),
            query(state(x.nodeMemoryBuffersBytes), 'blocks of disks {{instance}}'),
            query(state(x.nodeMemoryDirtyBytes), 'to be written {{instance}}'),
          ],
          { min: 0 },
        ),
        lines('Swap', 'Swap space, and what of it is free.', 'bytes', [
          query(state(x.nodeMemorySwapTotalBytes), 'all {{instance}}'),
          query(state(x.nodeMemorySwapFreeBytes), 'free {{instance}}'),
        ]),
        lines(
          'Major faults and kills',
          'Pages read from disk, and programs killed because memory ran out, per second.',
          'cps',
          [
            query(speed(x.nodeVmstatPgmajfault), 'major faults {{instance}}'),
            query(speed(x.nodeVmstatOomKill), 'kills {{instance}}'),
          ],
        ),
      ),
      row(
        'Disks',
        lines(
          'Space available',
          x.nodeFilesystemAvailBytes.help,
          'bytes',
          [query(ofMount(x.nodeFilesystemAvailBytes), '{{mountpoint}}')],
          { min: 0 },
        ),
        lines(
          'Files free',
          'Files that a file system can still take, out of all.',
          'percentunit',
          [
            query(
              q.ratio(ofMount(x.nodeFilesystemFilesFree), ofMount(x.nodeFilesystemFiles)),
              '{{mountpoint}}',
            ),
          ],
          { max: 1 },
        ),
        lines('Read-only', x.nodeFilesystemReadonly.help, 'none', [
          query(ofMount(x.nodeFilesystemReadonly), '{{mountpoint}}'),
        ]),
        lines('Traffic', 'Bytes per second read and written.', 'Bps', [
          query(ofDevice(x.nodeDiskReadBytesTotal), 'read {{device}}'),
          query(ofDevice(x.nodeDiskWrittenBytesTotal), 'written {{device}}'),
        ]),
        lines('Operations', 'Reads and writes per second.', 'cps', [
          query(ofDevice(x.nodeDiskReadsCompletedTotal), 'reads {{device}}'),
          query(ofDevice(x.nodeDiskWritesCompletedTotal), 'writes {{device}}'),
        ]),
        lines(
          'Busy',
          'Share of time in which a disk was busy.',
          'percentunit',
          [query(ofDevice(x.nodeDiskIoTimeSecondsTotal), '{{device}}')],
          { min: 0 },
        ),
        lines(
          'Time in reads and writes',
          'Share of time spent in reads and in writes; 100 % is one at a time, several at once add up.',
          'percentunit',
          [
            query(ofDevice(x.nodeDiskReadTimeSecondsTotal), 'reads {{device}}'),
            query(ofDevice(x.nodeDiskWriteTimeSecondsTotal), 'writes {{device}}'),
          ],
        ),
      ),
      row(
        'Limits',
        lines('Open files', 'Files open on the machine, and how many can be.', 'short', [
          query(state(x.nodeFilefdAllocated), 'open {{instance}}'),
          query(state(x.nodeFilefdMaximum), 'limit {{instance}}'),
        ]),
      ),
    ],
  });

import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { lines, lowIsGood, query, table } from '../panels/panel.ts';
import { choice, toService } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';

const of = { service: 'service' } as const;
const state = (signal: typeof c.heapUsed) => q.maxBy(['service'], q.value(q.pick(signal, {}, of)));
const speed = (signal: typeof c.processCpu) => q.sumBy(['service'], q.rate(q.pick(signal, {}, of)));
const links = [toService];

/** Every Node process side by side: event loop, heap, garbage collection, files. */
export const runtimeDashboard = () =>
  board({
    slug: 'node-runtime',
    title: 'Node runtime',
    description: 'Event loop, heap, garbage collection and resources of every Node process.',
    folder: folders.services,
    variables: [choice('service', 'Service', c.heapUsed.name, 'service')],
    examples: { service: '.+' },
    about: '$service',
    rows: [
      row(
        'Processes',
        table(
          'Processes',
          'Each process now: processor, event loop, memory, age.',
          'short',
          [
            query(speed(c.processCpu), 'CPU', { unit: 'percentunit' }),
            query(state(c.eventLoopLag), 'Event loop delay, p99', { unit: 's' }),
            query(state(c.processMemory), 'Resident memory', { unit: 'bytes' }),
            query(state(c.heapUsed), 'Heap used', { unit: 'bytes' }),
            query(q.since(state(c.processStartTime)), 'Running for', { unit: 's' }),
          ],
          { width: 24 },
        ),
      ),
      row(
        'Event loop',
        lines(
          'Delay, p99',
          c.eventLoopLag.help,
          's',
          [query(state(c.eventLoopLag), '{{service}}')],
          {
            thresholds: lowIsGood(0.1, 0.5),
            links,
          },
        ),
        lines(
          'Delay, median',
          c.eventLoopLagP50.help,
          's',
          [query(state(c.eventLoopLagP50), '{{service}}')],
          { links },
        ),
        lines(
          'Longest delay',
          c.eventLoopLagMax.help,
          's',
          [query(state(c.eventLoopLagMax), '{{service}}')],
          { links },
        ),
        lines(
          'CPU in user mode',
          c.processCpuUser.help,
          'percentunit',
          [query(speed(c.processCpuUser), '{{service}}')],
          { width: 12, links },
        ),
        lines(
          'CPU in the kernel',
          c.processCpuSystem.help,
          'percentunit',
          [query(speed(c.processCpuSystem), '{{service}}')],
          { width: 12, links },
        ),
      ),
      row(
        'Memory',
        lines(
          'Resident memory',
          c.processMemory.help,
          'bytes',
          [query(state(c.processMemory), '{{service}}')],
          { links },
        ),
        lines(
          'Heap used out of its limit',
          'Used heap out of the size at which the process ends.',
          'percentunit',
          [query(q.ratio(state(c.heapUsed), state(c.heapLimit)), '{{service}}')],
          { min: 0, max: 1, links },
        ),
        lines(
          'Memory outside the heap',
          c.externalMemory.help,
          'bytes',
          [query(state(c.externalMemory), '{{service}}')],
          { links },
        ),
        lines(
          'Heap by space',
          c.heapSpaceUsed.help,
          'bytes',
          [query(q.sumBy(['space'], q.value(q.pick(c.heapSpaceUsed, {}, of))), '{{space}}')],
          { stacked: true, width: 24 },
        ),
      ),
      row(
        'Garbage collection',
        lines(
          'Time in collections',
          'Fraction of time that a process spends collecting garbage.',
          'percentunit',
          [
            query(
              q.sumBy(['service'], q.rate(q.sumOf(q.pick(c.gcDuration, {}, of)))),
              '{{service}}',
            ),
          ],
          { min: 0, links },
        ),
        lines('Collections by kind', 'Collections per second.', 'cps', [
          query(q.sumBy(['kind'], q.rate(q.countOf(q.pick(c.gcDuration, {}, of)))), '{{kind}}'),
        ]),
        lines('Longest collections, p99', c.gcDuration.help, 's', [
          query(q.quantile(0.99, q.pick(c.gcDuration, {}, of), ['kind']), '{{kind}}'),
        ]),
      ),
      row(
        'Resources',
        lines(
          'Open files',
          'Open files and sockets out of those that may be open.',
          'percentunit',
          [query(q.ratio(state(c.processOpenFiles), state(c.processMaxFiles)), '{{service}}')],
          { min: 0, links },
        ),
        lines(
          'Resources of the event loop',
          c.activeResourcesSum.help,
          'short',
          [query(state(c.activeResourcesSum), '{{service}}')],
          { links },
        ),
        lines(
          'By type',
          c.activeResources.help,
          'short',
          [query(q.sumBy(['type'], q.value(q.pick(c.activeResources, {}, of))), '{{type}}')],
          { stacked: true },
        ),
      ),
    ],
  });

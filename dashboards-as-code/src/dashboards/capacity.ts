import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import * as x from '@sprout/signals/exporters';
import { bars, figure, lines, lowIsGood, query, table } from '../panels/panel.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row } from './dashboard.ts';
import { cpuUsed, diskUsed, memoryUsed } from './machine-use.ts';

/** What the dashboard of capacity and cost needs besides the exporters. */
export const capacityNeeds = [
  'collector_received_items_total',
  'collector_store_bytes',
  'collector_journal_bytes',
];

const day = 86_400;

/** What is there, what of it is used, when it will be full, and what telemetry itself costs. */
export function capacityDashboard(signals: Watched) {
  const received = q.rate(q.pick(signals.counter('collector_received_items_total')));
  const store = q.value(q.pick(signals.gauge('collector_store_bytes')));
  const journals = q.value(q.pick(signals.gauge('collector_journal_bytes')));
  const ahead = (days: number) =>
    q.maxBy(['mountpoint'], q.forecast(q.pick(x.nodeFilesystemAvailBytes), 6 * 3600, days * day));
  return board({
    slug: 'capacity',
    title: 'Capacity and cost',
    description:
      'What is there and what of it is used, when it will be full, what telemetry costs.',
    folder: folders.infrastructure,
    rows: [
      row(
        'Used',
        bars(
          'Machine',
          'Fraction of processors and memory that is used.',
          'percentunit',
          [query(cpuUsed(), 'CPU {{instance}}'), query(memoryUsed(), 'memory {{instance}}')],
          { min: 0, max: 1, thresholds: lowIsGood(0.7, 0.9) },
        ),
        bars(
          'File systems',
          'Fraction of each file system that is taken.',
          'percentunit',
          [query(diskUsed(), '{{mountpoint}}')],
          { min: 0, max: 1, thresholds: lowIsGood(0.7, 0.9) },
        ),
        table(
          'Processes',
          'What each process takes; the largest first to save at.',
          'short',
          [
            query(q.sumBy(['service'], q.rate(q.pick(c.processCpu))), 'CPU', {
              unit: 'percentunit',
            }),
            query(q.maxBy(['service'], q.value(q.pick(c.processMemory))), 'Memory', {
              unit: 'bytes',
            }),
          ],
          { width: 8, height: 8 },
        ),
      ),
      row(
        'Growth',
        lines(
          'Space available',
          'Space that programs may still use, now and in 4 and 30 days if it goes on as in the last 6 hours; below 0 it is full.',
          'bytes',
          [
            query(
              q.maxBy(['mountpoint'], q.value(q.pick(x.nodeFilesystemAvailBytes))),
              'now {{mountpoint}}',
            ),
            query(ahead(4), 'in 4 days {{mountpoint}}'),
            query(ahead(30), 'in 30 days {{mountpoint}}'),
          ],
          { width: 12 },
        ),
        lines(
          'Memory available',
          'Memory available now, and in a day if it goes on as in the last 6 hours.',
          'bytes',
          [
            query(
              q.maxBy(['instance'], q.value(q.pick(x.nodeMemoryMemAvailableBytes))),
              'now {{instance}}',
            ),
            query(
              q.maxBy(
                ['instance'],
                q.forecast(q.pick(x.nodeMemoryMemAvailableBytes), 6 * 3600, day),
              ),
              'in a day {{instance}}',
            ),
          ],
          { width: 12 },
        ),
      ),
      row(
        'What telemetry costs',
        figure(
          'Series',
          x.prometheusTsdbHeadSeries.help,
          'short',
          [query(q.maxBy(['service'], q.value(q.pick(x.prometheusTsdbHeadSeries))), 'series')],
          { width: 6 },
        ),
        figure(
          'Samples',
          x.prometheusTsdbHeadSamplesAppendedTotal.help,
          'cps',
          [
            query(
              q.sumBy(['service'], q.rate(q.pick(x.prometheusTsdbHeadSamplesAppendedTotal))),
              'samples',
            ),
          ],
          { width: 6 },
        ),
        figure(
          'Spans and log lines',
          'Items received per second.',
          'cps',
          [query(q.sumBy(['signal'], received), '{{signal}}')],
          { width: 12 },
        ),
        bars('Samples by target', c.scrapedSamples.help, 'short', [
          query(q.top(12, q.sumBy(['service'], q.value(q.pick(c.scrapedSamples)))), '{{service}}'),
        ]),
        lines(
          'On disk',
          'Bytes of metrics, of the store of logs and traces, and of the journals.',
          'bytes',
          [
            query(
              q.maxBy(['service'], q.value(q.pick(x.prometheusTsdbStorageBlocksBytes))),
              'metrics',
            ),
            query(q.maxBy(['service'], store), 'logs and traces'),
            query(q.sumBy(['service'], journals), 'journals'),
          ],
        ),
        lines('Memory of Prometheus', 'Chunks in memory, and samples that came late.', 'short', [
          query(q.maxBy(['service'], q.value(q.pick(x.prometheusTsdbHeadChunks))), 'chunks'),
          query(
            q.sumBy(
              ['service'],
              q.rate(q.pick(x.prometheusTsdbHeadOutOfOrderSamplesAppendedTotal)),
            ),
            'late samples per second',
          ),
        ]),
        lines(
          'Queries',
          'Queries that run, and requests answered per second by status code.',
          'short',
          [
            query(q.maxBy(['service'], q.value(q.pick(x.prometheusEngineQueries))), 'running'),
            query(
              q.sumBy(['code'], q.rate(q.pick(x.prometheusHttpRequestsTotal))),
              'requests {{code}}',
            ),
          ],
          { width: 24 },
        ),
      ),
    ],
  });
}

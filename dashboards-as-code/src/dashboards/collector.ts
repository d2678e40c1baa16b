import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { figure, lines, lowIsGood, query, table } from '../panels/panel.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row } from './dashboard.ts';

/** What the collector's dashboard is made of. */
export const collectorNeeds = [
  'collector_received_items_total',
  'collector_delivered_items_total',
  'collector_dropped_items_total',
  'collector_queued_items',
  'collector_queue_age_seconds',
  'collector_journal_bytes',
  'collector_store_bytes',
  'collector_requests_total',
  'collector_refused_requests_total',
  'collector_request_duration_seconds',
  'collector_redacted_values_total',
  'collector_derived_series',
  'collector_derived_overflow_total',
  'collector_scrape_failures_total',
  'collector_scrapes_lost_total',
  'collector_remote_write_retries_total',
  'collector_limit',
];

/** Where telemetry comes in, waits, goes on, and what is lost: received = delivered + queued + dropped. */
export function collectorDashboard(signals: Watched) {
  const counter = (name: string) => q.pick(signals.counter(name));
  const gauge = (name: string) => q.value(q.pick(signals.gauge(name)));
  const both = (v: q.Vector) => q.sumBy(['signal', 'consumer'], v);
  const received = counter('collector_received_items_total');
  const limits = signals.gauge('collector_limit');
  return board({
    slug: 'collector',
    title: 'Collector',
    description: 'What the collector takes, keeps, passes on and loses.',
    folder: folders.telemetry,
    about: 'collector',
    rows: [
      row(
        'Now',
        figure(
          'Received',
          'Spans, log lines and samples acknowledged per second.',
          'cps',
          [query(q.sumBy(['signal'], q.rate(received)), '{{signal}}')],
          { width: 8 },
        ),
        figure(
          'Oldest that waits',
          'Age of the oldest record that a consumer has not finished.',
          's',
          [query(q.maxBy(['consumer'], gauge('collector_queue_age_seconds')), '{{consumer}}')],
          { width: 8, thresholds: lowIsGood(30, 120) },
        ),
        figure(
          'Journals, of their limit',
          'Bytes of the journals on disk out of what each may take.',
          'percentunit',
          [
            query(
              q.ratio(
                q.maxBy(['service'], gauge('collector_journal_bytes')),
                q.maxBy(['service'], q.value(q.pick(limits, { limit: 'journal_bytes' }))),
              ),
              'fullest',
            ),
          ],
          { width: 8, thresholds: lowIsGood(0.5, 0.8) },
        ),
      ),
      row(
        'In',
        lines('Received', 'Items acknowledged per second: their record is on disk.', 'cps', [
          query(q.sumBy(['signal'], q.rate(received)), '{{signal}}'),
        ]),
        lines(
          'Requests',
          'Requests with telemetry per second, by receiver and status code.',
          'reqps',
          [
            query(
              q.sumBy(['receiver', 'code'], q.rate(counter('collector_requests_total'))),
              '{{receiver}} {{code}}',
            ),
          ],
        ),
        lines(
          'Time to acknowledge, p99',
          'From the arrival of a request to its acknowledgement.',
          's',
          [
            query(
              q.quantile(0.99, q.pick(signals.histogram('collector_request_duration_seconds')), [
                'receiver',
              ]),
              '{{receiver}}',
            ),
          ],
        ),
        lines(
          'Refused',
          'Requests not taken although they may be right, per second; senders keep and retry them.',
          'cps',
          [
            query(
              q.sumBy(['reason'], q.rate(counter('collector_refused_requests_total'))),
              '{{reason}}',
            ),
          ],
        ),
        lines('Redacted', 'Values replaced before anything was written, per second.', 'cps', [
          query(
            q.sumBy(['signal'], q.rate(counter('collector_redacted_values_total'))),
            '{{signal}}',
          ),
        ]),
        lines(
          'Failed scrapes',
          'Scrapes per second that failed, by reason, and that were not stored.',
          'cps',
          [
            query(
              q.sumBy(['reason'], q.rate(counter('collector_scrape_failures_total'))),
              '{{reason}}',
            ),
            query(q.sum(q.rate(counter('collector_scrapes_lost_total'))), 'not stored'),
          ],
        ),
      ),
      row(
        'Through',
        lines('Delivered', 'Items a consumer has finished with, per second.', 'cps', [
          query(
            both(q.rate(counter('collector_delivered_items_total'))),
            '{{signal}} {{consumer}}',
          ),
        ]),
        lines('Queued', 'Items that a consumer has not passed yet.', 'short', [
          query(both(gauge('collector_queued_items')), '{{signal}} {{consumer}}'),
        ]),
        lines(
          'Oldest that waits',
          'Age of the oldest record that a consumer has not finished.',
          's',
          [
            query(
              q.maxBy(['signal', 'consumer'], gauge('collector_queue_age_seconds')),
              '{{signal}} {{consumer}}',
            ),
          ],
          { thresholds: lowIsGood(30, 120) },
        ),
        lines(
          'Dropped',
          'Items a consumer gave up, per second, by reason.',
          'cps',
          [
            query(
              q.sumBy(
                ['signal', 'consumer', 'reason'],
                q.rate(counter('collector_dropped_items_total')),
              ),
              '{{signal}} {{consumer}} {{reason}}',
            ),
          ],
          { noValue: 'nothing was dropped', width: 12 },
        ),
        lines(
          'Remote writes sent again',
          'Writes per second that failed and were repeated, by reason.',
          'cps',
          [
            query(
              q.sumBy(['reason'], q.rate(counter('collector_remote_write_retries_total'))),
              '{{reason}}',
            ),
          ],
          { noValue: 'none failed', width: 12 },
        ),
      ),
      row(
        'Kept',
        lines(
          'Journals',
          'Bytes the journals hold on disk.',
          'bytes',
          [query(q.maxBy(['signal'], gauge('collector_journal_bytes')), '{{signal}}')],
          { stacked: true },
        ),
        lines(
          'Store',
          'Bytes the local store of logs and traces holds on disk, and how many it may.',
          'bytes',
          [
            query(q.maxBy(['service'], gauge('collector_store_bytes')), 'store'),
            query(q.maxBy(['service'], q.value(q.pick(limits, { limit: 'store_bytes' }))), 'limit'),
          ],
        ),
        lines(
          'Derived series',
          'Series derived from spans and log lines, and how many there may be.',
          'short',
          [
            query(q.maxBy(['service'], gauge('collector_derived_series')), 'series'),
            query(
              q.maxBy(['service'], q.value(q.pick(limits, { limit: 'derived_series' }))),
              'limit',
            ),
          ],
        ),
        lines(
          'Beyond the limit of series',
          'Observations per second lumped together because the limit was reached.',
          'cps',
          [query(q.sum(q.rate(counter('collector_derived_overflow_total'))), 'overflow')],
          { width: 12 },
        ),
        table(
          'Limits',
          'Every limit of the collector by name; the unit is the end of the name.',
          'short',
          [query(q.maxBy(['limit'], q.value(q.pick(limits))), 'Limit')],
        ),
      ),
      row(
        'Targets',
        lines(
          'Time of a scrape',
          c.scrapeDuration.help,
          's',
          [query(q.maxBy(['service'], q.value(q.pick(c.scrapeDuration))), '{{service}}')],
          { width: 12 },
        ),
        lines(
          'Samples of a scrape',
          c.scrapedSamples.help,
          'short',
          [query(q.sumBy(['service'], q.value(q.pick(c.scrapedSamples))), '{{service}}')],
          { width: 12, stacked: true },
        ),
      ),
    ],
  });
}

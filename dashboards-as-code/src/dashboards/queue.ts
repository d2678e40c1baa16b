import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { figure, lines, logs, lowIsGood, query } from '../panels/panel.ts';
import { toService } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';

const published = q.pick(c.messagesPublished);
const consumed = q.pick(c.messagesConsumed);
const process = q.pick(c.messageProcessDuration);
const links = [toService];

/** Every instance of the publisher tells of the same groups. */
const ofGroup = <L extends string>(of: q.Vector<L | 'stream' | 'group'>) =>
  q.maxBy(['stream', 'group'], of);
const ofStream = <L extends string>(of: q.Vector<L | 'stream'>) => q.maxBy(['stream'], of);
const group = '{{stream}} → {{group}}';

/** Events between services: out of the outbox, through the queue, into the inbox. */
export const queueDashboard = () =>
  board({
    slug: 'queue',
    title: 'Queue',
    description:
      'Events between services: outbox, streams, consumers, duplicates, failures and dead letters.',
    folder: folders.services,
    rows: [
      row(
        'Now',
        figure(
          'In',
          'Messages handed to the queue per second.',
          'cps',
          [query(q.sum(q.rate(published)), 'in')],
          { width: 6 },
        ),
        figure(
          'Out',
          'Messages taken from the queue per second.',
          'cps',
          [query(q.sum(q.rate(consumed)), 'out')],
          { width: 6 },
        ),
        figure(
          'Oldest in an outbox',
          c.outboxOldestAge.help,
          's',
          [query(q.maxBy(['service'], q.value(q.pick(c.outboxOldestAge))), '{{service}}')],
          { width: 6, thresholds: lowIsGood(10, 60) },
        ),
        figure(
          'Time to process, p99',
          c.messageProcessDuration.help,
          's',
          [query(q.quantile(0.99, process), 'p99')],
          { width: 6 },
        ),
      ),
      row(
        'Streams',
        lines(
          'In and out',
          'Messages per second handed to a stream, and taken from it by all its consumers.',
          'cps',
          [
            query(q.sumBy(['stream'], q.rate(published)), 'in {{stream}}'),
            query(q.sumBy(['stream'], q.rate(consumed)), 'out {{stream}}'),
          ],
          { width: 12 },
        ),
        lines(
          'By outcome',
          c.messagesConsumed.help,
          'cps',
          [query(q.sumBy(['service', 'outcome'], q.rate(consumed)), '{{service}} {{outcome}}')],
          { width: 12, links },
        ),
        lines(
          'Failed',
          'Messages that failed out of those that were taken.',
          'percentunit',
          [
            query(
              q.ratio(
                q.sumBy(['service'], q.rate(q.pick(c.messagesConsumed, { outcome: 'failed' }))),
                q.sumBy(['service'], q.rate(consumed)),
              ),
              '{{service}}',
            ),
          ],
          { links, min: 0, noValue: 'nothing failed' },
        ),
        lines(
          'Time to process, p99',
          c.messageProcessDuration.help,
          's',
          [
            query(q.quantile(0.99, process, ['service', 'stream']), '{{service}} {{stream}}', {
              exemplars: true,
            }),
          ],
          { links },
        ),
        lines(
          'Oldest in an outbox',
          c.outboxOldestAge.help,
          's',
          [query(q.maxBy(['service'], q.value(q.pick(c.outboxOldestAge))), '{{service}}')],
          { links },
        ),
      ),
      row(
        'Groups',
        figure(
          'Dead letters',
          c.deadLetters.help,
          'short',
          [query(ofStream(q.value(q.pick(c.deadLetters))), '{{stream}}')],
          { width: 6, height: 8, thresholds: lowIsGood(1, 100) },
        ),
        figure(
          'Consumers',
          c.consumersAlive.help,
          'short',
          [query(ofGroup(q.value(q.pick(c.consumersAlive))), group)],
          { width: 6, height: 8, thresholds: [{ color: 'red' }, { from: 1, color: 'green' }] },
        ),
        lines(
          'Lag',
          c.consumerLag.help,
          'short',
          [query(ofGroup(q.value(q.pick(c.consumerLag))), group)],
          { width: 12 },
        ),
        lines('Oldest message', c.consumerOldestAge.help, 's', [
          query(ofGroup(q.value(q.pick(c.consumerOldestAge))), group),
        ]),
        lines('Pending', c.consumerPending.help, 'short', [
          query(ofGroup(q.value(q.pick(c.consumerPending))), group),
        ]),
        lines('Taken again', c.messagesRedelivered.help, 'cps', [
          query(
            q.sumBy(['service', 'stream'], q.rate(q.pick(c.messagesRedelivered))),
            '{{service}} {{stream}}',
          ),
        ]),
      ),
      row(
        'Words',
        logs(
          'Consumers that complain',
          'Log lines of services that have a queue, with a warning or worse.',
          '{service=~"order|product", level=~"warn|error"}',
          { noValue: 'nothing to warn of', height: 8 },
        ),
      ),
    ],
  });

import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { lines, query, timeline } from '../panels/panel.ts';
import { choice } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';
import { at, state, speed, ofDevice } from './machine-use.ts';

/** Bandwidth, loss, retransmissions and what is reached from outside. */
export const networkDashboard = () =>
  board({
    slug: 'network',
    title: 'Network',
    description:
      'Bandwidth, lost packets and retransmissions of machines, and probes from outside.',
    folder: folders.infrastructure,
    variables: [choice('instance', 'Machine', x.nodeUnameInfo.name, 'instance')],
    examples: { instance: '.+' },
    rows: [
      row(
        'Probes',
        timeline(
          'Reached from outside',
          x.probeSuccess.help,
          'none',
          [query(q.maxBy(['instance'], q.value(q.pick(x.probeSuccess))), '{{instance}}')],
          {
            states: [
              { value: 0, text: 'not reached', color: 'red' },
              { value: 1, text: 'reached', color: 'green' },
            ],
            width: 24,
          },
        ),
        lines(
          'Duration',
          x.probeDurationSeconds.help,
          's',
          [query(q.maxBy(['instance'], q.value(q.pick(x.probeDurationSeconds))), '{{instance}}')],
          { width: 12 },
        ),
        lines(
          'Phases of HTTP probes',
          x.probeHttpDurationSeconds.help,
          's',
          [query(q.sumBy(['phase'], q.value(q.pick(x.probeHttpDurationSeconds))), '{{phase}}')],
          { width: 6, stacked: true },
        ),
        lines(
          'Status',
          'Status codes of HTTP probes.',
          'none',
          [query(q.maxBy(['instance'], q.value(q.pick(x.probeHttpStatusCode))), '{{instance}}')],
          { width: 6 },
        ),
        lines(
          'Name look-up',
          x.probeDnsLookupTimeSeconds.help,
          's',
          [
            query(
              q.maxBy(['instance'], q.value(q.pick(x.probeDnsLookupTimeSeconds))),
              '{{instance}}',
            ),
          ],
          { width: 12 },
        ),
      ),
      row(
        'Bandwidth',
        lines(
          'Received',
          x.nodeNetworkReceiveBytesTotal.help,
          'Bps',
          [
            query(
              q.sumBy(['device'], q.rate(q.pick(x.nodeNetworkReceiveBytesTotal, {}, at))),
              '{{device}}',
            ),
          ],
          { width: 12 },
        ),
        lines(
          'Sent',
          x.nodeNetworkTransmitBytesTotal.help,
          'Bps',
          [
            query(
              q.sumBy(['device'], q.rate(q.pick(x.nodeNetworkTransmitBytesTotal, {}, at))),
              '{{device}}',
            ),
          ],
          { width: 12 },
        ),
      ),
      row(
        'Loss',
        lines('Dropped packets', 'Packets per second that were dropped.', 'cps', [
          query(ofDevice(x.nodeNetworkReceiveDropTotal), 'received {{device}}'),
          query(ofDevice(x.nodeNetworkTransmitDropTotal), 'sent {{device}}'),
        ]),
        lines('Packets with errors', 'Packets per second with an error.', 'cps', [
          query(ofDevice(x.nodeNetworkReceiveErrsTotal), 'received {{device}}'),
          query(ofDevice(x.nodeNetworkTransmitErrsTotal), 'sent {{device}}'),
        ]),
        lines(
          'Sent again',
          'TCP segments that had to be sent again, out of all that were sent.',
          'percentunit',
          [
            query(
              q.ratio(speed(x.nodeNetstatTcpRetransSegs), speed(x.nodeNetstatTcpOutSegs)),
              '{{instance}}',
            ),
          ],
          { min: 0 },
        ),
      ),
      row(
        'Connections',
        lines('TCP connections', 'Open connections, and those in their last minute.', 'short', [
          query(state(x.nodeNetstatTcpCurrEstab), 'open {{instance}}'),
          query(state(x.nodeSockstatTCPTw), 'in their last minute {{instance}}'),
        ]),
        lines('Not accepted', x.nodeNetstatTcpExtListenDrops.help, 'cps', [
          query(speed(x.nodeNetstatTcpExtListenDrops), '{{instance}}'),
        ]),
        lines(
          'Firewall',
          'Connections that the firewall keeps track of, out of what it can.',
          'percentunit',
          [
            query(
              q.ratio(state(x.nodeNfConntrackEntries), state(x.nodeNfConntrackEntriesLimit)),
              '{{instance}}',
            ),
          ],
          { min: 0 },
        ),
      ),
    ],
  });

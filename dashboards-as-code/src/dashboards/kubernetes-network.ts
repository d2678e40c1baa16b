import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { lines, query } from '../panels/panel.ts';
import { board, folders, row } from './dashboard.ts';
import { at, pod, namespaces } from './kubernetes-use.ts';

/** Traffic and loss by pod. */
export const clusterNetworkDashboard = () => {
  const speed = (signal: typeof x.containerNetworkReceiveBytesTotal) =>
    pod(q.rate(q.pick(signal, {}, at)));
  return board({
    slug: 'kubernetes-network',
    title: 'Kubernetes network',
    description: 'Bandwidth and lost packets of pods.',
    folder: folders.infrastructure,
    variables: [namespaces],
    examples: { namespace: '.+' },
    rows: [
      row(
        'Traffic',
        lines(
          'Received',
          x.containerNetworkReceiveBytesTotal.help,
          'Bps',
          [query(q.top(10, speed(x.containerNetworkReceiveBytesTotal)), '{{namespace}}/{{pod}}')],
          { width: 12 },
        ),
        lines(
          'Sent',
          x.containerNetworkTransmitBytesTotal.help,
          'Bps',
          [query(q.top(10, speed(x.containerNetworkTransmitBytesTotal)), '{{namespace}}/{{pod}}')],
          { width: 12 },
        ),
        lines(
          'Received and dropped',
          x.containerNetworkReceivePacketsDroppedTotal.help,
          'cps',
          [query(speed(x.containerNetworkReceivePacketsDroppedTotal), '{{namespace}}/{{pod}}')],
          { width: 12 },
        ),
        lines(
          'Sent and dropped',
          x.containerNetworkTransmitPacketsDroppedTotal.help,
          'cps',
          [query(speed(x.containerNetworkTransmitPacketsDroppedTotal), '{{namespace}}/{{pod}}')],
          { width: 12 },
        ),
      ),
    ],
  });
};

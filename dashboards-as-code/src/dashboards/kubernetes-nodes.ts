import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { bars, lines, lowIsGood, query, table, timeline } from '../panels/panel.ts';
import { board, folders, row } from './dashboard.ts';
import { nodesReady, readyStates, resourceNames } from './kubernetes-use.ts';

/** Nodes of a cluster: ready, what they have, what is asked of them. */
export const nodesDashboard = () => {
  const allocatable = (resource: string) =>
    q.sumBy(['node'], q.value(q.pick(x.kubeNodeStatusAllocatable, { resource })));
  const asked = (resource: string) =>
    q.sumBy(['node'], q.value(q.pick(x.kubePodContainerResourceRequests, { resource })));
  return board({
    slug: 'kubernetes-nodes',
    title: 'Kubernetes nodes',
    description: 'State of nodes, what they can give, what is requested and used.',
    folder: folders.infrastructure,
    rows: [
      row(
        'State',
        timeline('Ready', 'Whether a node is ready.', 'none', [query(nodesReady(), '{{node}}')], {
          states: readyStates,
        }),
        table('Conditions', 'Conditions that hold, by node; all but Ready are trouble.', 'none', [
          query(
            q.maxBy(
              ['node', 'condition'],
              q.value(q.pick(x.kubeNodeStatusCondition, { status: 'true' })),
            ),
            'Holds',
          ),
        ]),
        lines(
          'Takes no new pods',
          x.kubeNodeSpecUnschedulable.help,
          'none',
          [query(q.maxBy(['node'], q.value(q.pick(x.kubeNodeSpecUnschedulable))), '{{node}}')],
          { width: 24 },
        ),
      ),
      row(
        'Requested and used',
        ...(['cpu', 'memory'] as const).map((resource) =>
          bars(
            `${resourceNames[resource]}, requested of what is there`,
            'What containers ask for out of what a node can give.',
            'percentunit',
            [query(q.ratio(asked(resource), allocatable(resource)), '{{node}}')],
            { width: 12, max: 1, thresholds: lowIsGood(0.8, 0.95) },
          ),
        ),
        lines(
          'CPU used',
          'Processors that the containers of a node keep busy.',
          'short',
          [query(q.sumBy(['node'], q.rate(q.pick(x.containerCpuUsageSecondsTotal))), '{{node}}')],
          { width: 12 },
        ),
        lines(
          'Memory used',
          x.containerMemoryWorkingSetBytes.help,
          'bytes',
          [query(q.sumBy(['node'], q.value(q.pick(x.containerMemoryWorkingSetBytes))), '{{node}}')],
          { width: 12 },
        ),
        lines(
          'Capacity',
          x.kubeNodeStatusCapacity.help,
          'short',
          [query(q.sumBy(['resource'], q.value(q.pick(x.kubeNodeStatusCapacity))), '{{resource}}')],
          { width: 24 },
        ),
      ),
    ],
  });
};

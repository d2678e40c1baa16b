import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { bars, figure, lines, logs, lowIsGood, query, table, timeline } from '../panels/panel.ts';
import { choice } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';

const at = { namespace: 'namespace' } as const;
const per =
  <B extends string>(by: readonly B[]) =>
  <L extends string>(v: q.Vector<L | B>) =>
    q.sumBy(by, v);
const pod = per(['namespace', 'pod']);
const used = {
  cpu: () => q.rate(q.pick(x.containerCpuUsageSecondsTotal, {}, at)),
  memory: () => q.value(q.pick(x.containerMemoryWorkingSetBytes, {}, at)),
};
const wanted = (resource: string, what: 'requests' | 'limits') =>
  q.value(
    q.pick(
      what === 'requests' ? x.kubePodContainerResourceRequests : x.kubePodContainerResourceLimits,
      { resource },
      at,
    ),
  );
const namespaces = choice('namespace', 'Namespace', x.kubePodInfo.name, 'namespace');

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
        timeline(
          'Ready',
          'Whether a node is ready.',
          'none',
          [
            query(
              q.maxBy(
                ['node'],
                q.value(q.pick(x.kubeNodeStatusCondition, { condition: 'Ready', status: 'true' })),
              ),
              '{{node}}',
            ),
          ],
          {
            states: [
              { value: 0, text: 'not ready', color: 'red' },
              { value: 1, text: 'ready', color: 'green' },
            ],
          },
        ),
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
            `${resource}, requested of what is there`,
            'What containers ask for out of what a node can give.',
            'percentunit',
            [query(q.ratio(asked(resource), allocatable(resource)), '{{node}}')],
            { width: 12, max: 1, thresholds: lowIsGood(0.8, 0.95) },
          ),
        ),
        lines(
          'CPU used',
          x.containerCpuUsageSecondsTotal.help,
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

/** Workloads and pods: wanted and there, restarts, requested, used and limited; over-provisioned ones. */
export const workloadsDashboard = () =>
  board({
    slug: 'kubernetes-workloads',
    title: 'Kubernetes workloads',
    description:
      'Deployments and pods: wanted and available, restarts, requests, use, limits, events.',
    folder: folders.infrastructure,
    variables: [namespaces],
    examples: { namespace: '.+' },
    rows: [
      row(
        'Workloads',
        table('Deployments', 'Pods wanted and available.', 'short', [
          query(
            q.maxBy(
              ['namespace', 'deployment'],
              q.value(q.pick(x.kubeDeploymentSpecReplicas, {}, at)),
            ),
            'Wanted',
          ),
          query(
            q.maxBy(
              ['namespace', 'deployment'],
              q.value(q.pick(x.kubeDeploymentStatusReplicasAvailable, {}, at)),
            ),
            'Available',
          ),
        ]),
        table('Stateful sets', 'Pods wanted and ready.', 'short', [
          query(
            q.maxBy(
              ['namespace', 'statefulset'],
              q.value(q.pick(x.kubeStatefulsetReplicas, {}, at)),
            ),
            'Wanted',
          ),
          query(
            q.maxBy(
              ['namespace', 'statefulset'],
              q.value(q.pick(x.kubeStatefulsetStatusReplicasReady, {}, at)),
            ),
            'Ready',
          ),
        ]),
        table('Autoscalers', 'Pods now and at most.', 'short', [
          query(
            q.maxBy(
              ['namespace', 'horizontalpodautoscaler'],
              q.value(q.pick(x.kubeHorizontalpodautoscalerStatusCurrentReplicas, {}, at)),
            ),
            'Now',
          ),
          query(
            q.maxBy(
              ['namespace', 'horizontalpodautoscaler'],
              q.value(q.pick(x.kubeHorizontalpodautoscalerSpecMaxReplicas, {}, at)),
            ),
            'At most',
          ),
        ]),
        lines(
          'Daemon sets that miss pods',
          x.kubeDaemonsetStatusNumberUnavailable.help,
          'short',
          [
            query(
              q.maxBy(
                ['namespace', 'daemonset'],
                q.value(q.pick(x.kubeDaemonsetStatusNumberUnavailable, {}, at)),
              ),
              '{{daemonset}}',
            ),
          ],
          { width: 12 },
        ),
      ),
      row(
        'Pods',
        lines(
          'Phases',
          x.kubePodStatusPhase.help,
          'short',
          [query(q.sumBy(['phase'], q.value(q.pick(x.kubePodStatusPhase, {}, at))), '{{phase}}')],
          { stacked: true },
        ),
        lines('Restarts', x.kubePodContainerStatusRestartsTotal.help, 'cps', [
          query(
            pod(q.rate(q.pick(x.kubePodContainerStatusRestartsTotal, {}, at))),
            '{{namespace}}/{{pod}}',
          ),
        ]),
        table(
          'Why containers wait',
          x.kubePodContainerStatusWaitingReason.help,
          'none',
          [
            query(
              q.where(
                q.sumBy(
                  ['namespace', 'pod', 'reason'],
                  q.value(q.pick(x.kubePodContainerStatusWaitingReason, {}, at)),
                ),
                '>',
                0,
              ),
              'Containers',
            ),
          ],
          { width: 8, height: 8, noValue: 'none waits' },
        ),
        lines('Ended for lack of memory', x.containerOomEventsTotal.help, 'cps', [
          query(pod(q.rate(q.pick(x.containerOomEventsTotal, {}, at))), '{{namespace}}/{{pod}}'),
        ]),
        lines(
          'Held back by the CPU limit',
          'Periods held back out of all periods.',
          'percentunit',
          [
            query(
              q.ratio(
                pod(q.rate(q.pick(x.containerCpuCfsThrottledPeriodsTotal, {}, at))),
                pod(q.rate(q.pick(x.containerCpuCfsPeriodsTotal, {}, at))),
              ),
              '{{namespace}}/{{pod}}',
            ),
          ],
        ),
        lines('Disk', 'Bytes per second read and written by containers.', 'Bps', [
          query(pod(q.rate(q.pick(x.containerFsReadsBytesTotal, {}, at))), 'read {{pod}}'),
          query(pod(q.rate(q.pick(x.containerFsWritesBytesTotal, {}, at))), 'written {{pod}}'),
        ]),
      ),
      row(
        'Requested against used',
        ...(['cpu', 'memory'] as const).map((resource) =>
          table(
            `Over-provisioned ${resource}`,
            'Used out of requested, the least used first: what could be given back.',
            'percentunit',
            [
              query(
                {
                  text: `bottomk(20, ${q.ratio(pod(used[resource]()), pod(wanted(resource, 'requests'))).text})`,
                  binds: 9,
                },
                'Used of requested',
              ),
            ],
          ),
        ),
        ...(['cpu', 'memory'] as const).map((resource) =>
          lines(
            `Near the limit of ${resource}`,
            'Used out of the limit.',
            'percentunit',
            [
              query(
                q.top(10, q.ratio(pod(used[resource]()), pod(wanted(resource, 'limits')))),
                '{{namespace}}/{{pod}}',
              ),
            ],
            { width: 12 },
          ),
        ),
        table('Quota', x.kubeResourcequota.help, 'short', [
          query(
            q.maxBy(
              ['namespace', 'resource'],
              q.value(q.pick(x.kubeResourcequota, { type: 'used' }, at)),
            ),
            'Used',
          ),
          query(
            q.maxBy(
              ['namespace', 'resource'],
              q.value(q.pick(x.kubeResourcequota, { type: 'hard' }, at)),
            ),
            'Limit',
          ),
        ]),
        figure(
          'Disruptions allowed',
          x.kubePoddisruptionbudgetStatusPodDisruptionsAllowed.help,
          'short',
          [
            query(
              q.aggregate(
                'min',
                ['namespace', 'poddisruptionbudget'],
                q.value(q.pick(x.kubePoddisruptionbudgetStatusPodDisruptionsAllowed, {}, at)),
              ),
              '{{poddisruptionbudget}}',
            ),
          ],
          { width: 12, height: 9 },
        ),
      ),
      row(
        'Events',
        logs(
          'Events of the cluster',
          'Events that Kubernetes wrote down, newest first.',
          '{service="kubernetes-events"}',
        ),
      ),
    ],
  });

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

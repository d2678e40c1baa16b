import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { figure, lines, logs, query, table } from '../panels/panel.ts';
import { board, folders, row } from './dashboard.ts';
import { at, namespaces, pod, resourceNames, used, wanted } from './kubernetes-use.ts';

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
              '{{namespace}}/{{daemonset}}',
            ),
          ],
          { width: 12 },
        ),
      ),
      row(
        'Pods',
        lines(
          'Phases',
          'How many pods are in a phase.',
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
          query(
            pod(q.rate(q.pick(x.containerFsReadsBytesTotal, {}, at))),
            'read {{namespace}}/{{pod}}',
          ),
          query(
            pod(q.rate(q.pick(x.containerFsWritesBytesTotal, {}, at))),
            'written {{namespace}}/{{pod}}',
          ),
        ]),
      ),
      row(
        'Requested against used',
        ...(['cpu', 'memory'] as const).map((resource) =>
          table(
            `${resourceNames[resource]} over-provisioned`,
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
            `${resourceNames[resource]} near its limit`,
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
              '{{namespace}}/{{poddisruptionbudget}}',
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

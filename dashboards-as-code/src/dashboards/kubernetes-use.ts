import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { choice } from '../panels/variables.ts';

/** Follows the variable of a board. */
export const at = { namespace: 'namespace' } as const;
/** Sums by these labels. */
export const per =
  <B extends string>(by: readonly B[]) =>
  <L extends string>(v: q.Vector<L | B>) =>
    q.sumBy(by, v);
/** Sums of each pod. */
export const pod = per(['namespace', 'pod']);
/** Resources as titles say them. */
export const resourceNames = { cpu: 'CPU', memory: 'Memory' } as const;
/** What containers use. */
export const used = {
  cpu: () => q.rate(q.pick(x.containerCpuUsageSecondsTotal, {}, at)),
  memory: () => q.value(q.pick(x.containerMemoryWorkingSetBytes, {}, at)),
};
/** What containers ask for, or may have at most. */
export const wanted = (resource: string, what: 'requests' | 'limits') =>
  q.value(
    q.pick(
      what === 'requests' ? x.kubePodContainerResourceRequests : x.kubePodContainerResourceLimits,
      { resource },
      at,
    ),
  );
/** The variable of boards of pods. */
export const namespaces = choice('namespace', 'Namespace', x.kubePodInfo.name, 'namespace');

/** Whether each node is ready. */
export const nodesReady = () =>
  q.maxBy(
    ['node'],
    q.value(q.pick(x.kubeNodeStatusCondition, { condition: 'Ready', status: 'true' })),
  );
/** What a node that is ready, or is not, is called. */
export const readyStates = [
  { value: 0, text: 'not ready', color: 'red' },
  { value: 1, text: 'ready', color: 'green' },
] as const;

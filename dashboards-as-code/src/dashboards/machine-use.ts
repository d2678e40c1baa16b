import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';

/** Follows the variable of a board. */
export const at = { instance: 'instance' } as const;
/** The newest value of each machine. */
export const state = (signal: typeof x.nodeLoad1) =>
  q.maxBy(['instance'], q.value(q.pick(signal, {}, at)));
/** A counter of each machine, per second. */
export const speed = (signal: typeof x.nodeContextSwitchesTotal) =>
  q.sumBy(['instance'], q.rate(q.pick(signal, {}, at)));
/** A counter of each device, per second. */
export const ofDevice = (signal: typeof x.nodeDiskReadBytesTotal) =>
  q.sumBy(['device'], q.rate(q.pick(signal, {}, at)));
/** The newest value of each file system. */
export const ofMount = (signal: typeof x.nodeFilesystemSizeBytes) =>
  q.maxBy(['mountpoint'], q.value(q.pick(signal, {}, at)));

/** Follows the variable of a board that has one; other boards show all machines. */
type Follow = { readonly instance?: string };

/** Fraction of the processors that is busy. */
export const cpuUsed = (follow: Follow = {}) => {
  const of = (where: { mode?: { not: string[] } }) =>
    q.sumBy(['instance'], q.rate(q.pick(x.nodeCpuSecondsTotal, where, follow)));
  return q.ratio(of({ mode: { not: ['idle', 'iowait', 'steal'] } }), of({}));
};

/** Fraction of the memory that no program can have. */
export const memoryUsed = (follow: Follow = {}) => {
  const of = (signal: typeof x.nodeLoad1) =>
    q.maxBy(['instance'], q.value(q.pick(signal, {}, follow)));
  return q.rest(q.ratio(of(x.nodeMemoryMemAvailableBytes), of(x.nodeMemoryMemTotalBytes)));
};

/** Fraction of each file system that is taken. */
export const diskUsed = (follow: Follow = {}) => {
  const of = (signal: typeof x.nodeFilesystemSizeBytes) =>
    q.maxBy(['mountpoint'], q.value(q.pick(signal, {}, follow)));
  return q.rest(q.ratio(of(x.nodeFilesystemAvailBytes), of(x.nodeFilesystemSizeBytes)));
};

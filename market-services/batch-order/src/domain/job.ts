/** What is done to orders that have been in a state for too long. */
export interface Job {
  readonly name: JobName;
  readonly state: 'shipped' | 'canceled';
  readonly olderThanMs: number;
  readonly step: 'deliver' | 'remove';
}

export const jobNames = ['deliver-late', 'delete-canceled'] as const;
export type JobName = (typeof jobNames)[number];

/** The jobs: delivers what is late, deletes what was canceled; ages in milliseconds. */
export function jobs(deliverAfterMs: number, deleteAfterMs: number): readonly Job[] {
  return [
    { name: 'deliver-late', state: 'shipped', olderThanMs: deliverAfterMs, step: 'deliver' },
    { name: 'delete-canceled', state: 'canceled', olderThanMs: deleteAfterMs, step: 'remove' },
  ];
}

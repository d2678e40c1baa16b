import { counter, gauge, histogram, noPanel, quantilesBy, rateBy, valueBy } from '@sprout/signals';
import { jobNames } from './domain/job.ts';

/** How a run ended. `partial`: something is left; `held`: another runner was at work. */
export const runOutcomes = ['done', 'partial', 'failed', 'held'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

/** Label `job` belongs to the scraped target, so these say `batch_job`. */
export const batchRuns = counter('batch_runs_total', {
  help: 'Runs of a batch job, by how they ended.',
  owner: 'batch-order',
  labels: { batch_job: jobNames, outcome: runOutcomes },
  panel: rateBy('batch_job', 'outcome'),
  alert: {
    name: 'BatchFailing',
    severity: 'ticket',
    of: 'increase',
    window: '15m',
    where: { outcome: 'failed' },
    above: 2,
    for: '1m',
    component: 'batch',
    summary: 'batch job {{ $labels.batch_job }} failed more than twice in a quarter of an hour',
    impact:
      'Orders are not marked as delivered and canceled ones not deleted; customers order as before.',
    firstStep: 'Its lines "batch failed" name the cause; does order answer: ./sprout status?',
  },
});

/** Between two runs lies a minute; one piece of work takes well below a second. */
const runBucketsSeconds = [0.1, 0.3, 1, 3, 10, 30, 45, 120, 300];

export const batchRunDuration = histogram('batch_run_duration_seconds', {
  help: 'Time that a run of a batch job took, however it ended; those that another runner held up are left out.',
  owner: 'batch-order',
  unit: 'seconds',
  labels: { batch_job: jobNames },
  buckets: runBucketsSeconds,
  panel: quantilesBy('batch_job'),
  alert: {
    name: 'BatchTooLong',
    severity: 'ticket',
    of: 'p99',
    window: '15m',
    by: ['batch_job'],
    above: 45,
    for: '5m',
    component: 'batch',
    summary:
      'runs of batch job {{ $labels.batch_job }} take nearly as long as the time between two',
    impact:
      'The job falls behind its schedule; soon a run begins before the last one ended and is skipped.',
    firstStep:
      'Time or amount: compare batch_items_total with an earlier hour, and the latency of order with its board.',
  },
});

export const batchItems = counter('batch_items_total', {
  help: 'Orders that a batch job has delivered or deleted.',
  owner: 'batch-order',
  labels: { batch_job: jobNames },
  panel: rateBy('batch_job'),
  noAlert: 'nothing to do is no fault',
});

export const batchLastSuccess = gauge('batch_last_success_timestamp_seconds', {
  help: 'When a batch job last came to the end of its list, Unix time; 0 when it never did.',
  owner: 'batch-order',
  unit: 'seconds',
  labels: { batch_job: jobNames },
  panel: noPanel(),
  noAlert: 'its age is what counts',
});

export const batchSuccessAge = gauge('batch_success_age_seconds', {
  help: 'Time since a batch job last came to the end of its list, or since the start of batch-order.',
  owner: 'batch-order',
  unit: 'seconds',
  labels: { batch_job: jobNames },
  panel: valueBy('batch_job'),
  alert: {
    name: 'BatchNotRun',
    severity: 'ticket',
    of: 'value',
    above: 300,
    for: '2m',
    summary: 'batch job {{ $labels.batch_job }} has not come to its end for five minutes',
    impact:
      'Customers see states that are too old: late orders stay shipped, canceled ones stay listed.',
    firstStep:
      'batch_runs_total by outcome: failed (order or Redis is away), partial (some orders), held (by another runner)?',
  },
});

export const batchSignals = [
  batchRuns,
  batchRunDuration,
  batchItems,
  batchLastSuccess,
  batchSuccessAge,
];

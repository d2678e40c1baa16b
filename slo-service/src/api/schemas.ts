import { objectiveSchema } from '@sprout/objectives';
import { roles } from '@sprout/process';
import { z } from 'zod';
import { annotationSchema } from '../annotations/annotation.ts';
import { listOf } from './paging.ts';

/** ISO 8601 in UTC, at a minute of the ledger. */
const instant = z.iso.datetime();

/** What is known about a stretch of time, in words a person can act on. */
export const stateSchema = z.enum(['ok', 'no_traffic', 'no_data', 'misconfigured', 'stale']);

/** How the promise stands: kept, at risk (burning faster than allowed), broken, or unknown. */
export const verdictSchema = z.enum(['kept', 'at_risk', 'broken', 'unknown']);

/** The same budget without the time that was left out by exclusions. */
export const adjustedBudgetSchema = z.object({
  good: z.number(),
  bad: z.number(),
  valid: z.number(),
  compliance: z.number().nullable(),
  allowed: z.number(),
  left: z.number(),
  leftFraction: z.number().nullable(),
  coverage: z.number(),
  /** Ledger minutes that are left out. */
  excludedMinutes: z.number(),
  /** Ids of the exclusions that touch the window. */
  exclusions: z.array(z.string()),
});

/** A stretch of a window in which another promise was in force. */
export const promisedStretchSchema = z.object({
  from: instant,
  to: instant,
  target: z.number(),
  /** Latency only: the threshold by which its events were judged when they were counted. */
  thresholdSeconds: z.number().optional(),
  valid: z.number(),
  bad: z.number(),
  /** (1 − target) · valid. */
  allowed: z.number(),
});

export const budgetSchema = z.object({
  /** Window the budget covers, for example `30d` or `month@Asia/Seoul`. */
  window: z.string(),
  from: instant,
  to: instant,
  good: z.number(),
  bad: z.number(),
  valid: z.number(),
  /** good ÷ valid. */
  compliance: z.number().nullable(),
  /** Bad events allowed: (1 − target) · valid. */
  allowed: z.number(),
  left: z.number(),
  /** 1 untouched, 0 spent, negative overspent. */
  leftFraction: z.number().nullable(),
  /** Fraction of the expected measurements of the window that exist, since the first one ever. */
  coverage: z.number(),
  /** Verdicts go by it; absent when nothing of the window is excluded. */
  adjusted: adjustedBudgetSchema.optional(),
  /** Raw, oldest first; `allowed` is their sum. Absent when one promise held all the time. */
  promised: z.array(promisedStretchSchema).optional(),
  /** What of the window never happened; absent when all of it was measured. */
  simulated: z.object({ from: instant, to: instant }).optional(),
  /**
   * Within which part of the window its events are sums of many series, by `increase()`; absent
   * when every sample was judged.
   */
  approximate: z.object({ from: instant, to: instant }).optional(),
});

export const burnRateSchema = z.object({
  window: z.string(),
  /** Error ratio ÷ allowed error ratio. */
  burnRate: z.number().nullable(),
  /** Alert threshold of the window, when it has one. */
  threshold: z.number().nullable(),
  bad: z.number(),
  valid: z.number(),
  /** True when some of its events never happened; absent when all were measured. */
  simulated: z.literal(true).optional(),
  /** True when some of its events were read as sums of many series. */
  approximate: z.literal(true).optional(),
});

export const objectiveStatusSchema = z.object({
  id: z.string(),
  /** What is promised, in the language that was asked for. */
  title: z.string(),
  /** What it is about, in a word or two; null when it was not declared. */
  name: z.string().nullable(),
  owner: z.string(),
  /** Time slices and composites count minutes, the others events. */
  kind: z.enum(['availability', 'latency', 'events', 'time-slice', 'composite']),
  target: z.number(),
  window: z.string(),
  pages: z.boolean(),
  alerts: z.boolean(),
  pageGroup: z.string(),
  dependsOn: z.array(z.string()),
  thresholdSeconds: z.number().nullable(),
  /** Labels whose values have a budget each; absent when it has no groups. */
  groupBy: z.array(z.string()).optional(),
  /** When a slice is good; time slices only. */
  slice: z
    .object({
      goodRatioMin: z.number(),
      minutes: z.number(),
      noTraffic: z.enum(['skip', 'good', 'bad']),
    })
    .optional(),
  /** Members and rule; composites only. */
  composite: z
    .object({
      rule: z.enum(['all', 'any']),
      of: z.array(z.string()),
      unmeasured: z.enum(['unknown', 'ignore', 'bad']),
    })
    .optional(),
  state: stateSchema,
  verdict: verdictSchema,
  /** Why the state is not ok, and what to do; null when it is. */
  cause: z.string().nullable(),
  fix: z.string().nullable(),
  asOf: instant,
  budget: budgetSchema,
  burnRates: z.array(burnRateSchema),
  /** leftFraction × length of the window so far ÷ burn rate of the last hour; null when nothing burns. */
  secondsToExhaustion: z.number().nullable(),
  /** Ids of pages that are firing now. */
  firing: z.array(z.string()),
});

export const objectiveListSchema = z.object({
  asOf: instant,
  /** Objectives that match, on all pages of the answer. */
  total: z.number(),
  /**
   * Verdicts, as far as they can be believed, of all promises that alert; of all there are where
   * none does.
   */
  counts: z.object({
    broken: z.number(),
    at_risk: z.number(),
    unknown: z.number(),
    kept: z.number(),
  }),
  items: z.array(objectiveStatusSchema),
  /** Cursor of what follows; null at the end. */
  next: z.string().nullable(),
});

export const pointSchema = z.object({
  at: instant,
  good: z.number(),
  bad: z.number(),
  valid: z.number(),
  coverage: z.number(),
  state: z.enum(['measured', 'unmeasured', 'excluded']),
  /** Budget left of the objective's window that ends here, as a fraction; null without events. */
  leftFraction: z.number().nullable(),
  /** The same without excluded minutes; absent when the answer has none. */
  adjustedLeftFraction: z.number().nullable().optional(),
  /** True when any of it was simulated; absent when all of it was measured. */
  simulated: z.literal(true).optional(),
  /** True when any of it was read as sums of many series; absent when every sample was judged. */
  approximate: z.literal(true).optional(),
  /**
   * True while some of it is known by the hour only, with an hour's events in its first minute;
   * absent once the past has been read.
   */
  coarse: z.literal(true).optional(),
});

export const seriesSchema = z.object({
  id: z.string(),
  from: instant,
  to: instant,
  stepSeconds: z.number(),
  points: z.array(pointSchema),
  /** What was promised when the range begins. */
  target: z.number(),
  /** Where the promise changed within the range; absent when it did not. */
  changes: z.array(z.object({ at: instant, target: z.number(), window: z.string() })).optional(),
  /** Deploys and other events of the range that concern the objective; at most 500. */
  annotations: z.array(annotationSchema).optional(),
});

export const pageSchema = z.object({
  id: z.string(),
  status: z.enum(['firing', 'resolved']),
  severity: z.enum(['page', 'ticket', 'info']),
  pageGroup: z.string(),
  title: z.string(),
  summary: z.string(),
  /** What breaks for whom. */
  impact: z.string(),
  /** What to do first; null when the alert does not say. */
  firstStep: z.string().nullable().optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  objectives: z.array(
    z.object({
      id: z.string(),
      burnRate: z.number().nullable(),
      threshold: z.number().nullable(),
      window: z.string().nullable(),
    }),
  ),
  budgetSpent: z.array(
    z.object({ objective: z.string(), fraction: z.number().nullable(), asOf: z.iso.datetime() }),
  ),
  dashboardUrl: z.string().nullable(),
  runbookUrl: z.string().nullable(),
  exampleTrace: z.object({ traceId: z.string(), url: z.string() }).nullable(),
  /** Every notification that Alertmanager sent for this page. */
  notifications: z.array(z.object({ at: z.iso.datetime(), status: z.string() })),
});

export const pageListSchema = listOf(pageSchema);

export const sourceSchema = z.object({
  name: z.string(),
  healthy: z.boolean(),
  /** Last minute that is metered. */
  lastMinute: instant.nullable(),
  error: z.string().nullable(),
  /** A long stretch that is known by the hour and still read sample by sample. */
  backfill: z
    .object({ from: instant, at: instant, until: instant, fraction: z.number() })
    .nullable()
    .optional(),
});

/** What metering asks of its source in an hour; series are those that were found last. */
export const meteringCostSchema = z.object({
  queriesPerHour: z.number(),
  samplesPerHour: z.number(),
  /** An objective with more series is read as sums. */
  seriesPerObjectiveMax: z.number(),
  objectives: z.array(
    z.object({
      objective: z.string(),
      series: z.number(),
      /** Sent by the source, read sample by sample. */
      samplesPerHour: z.number(),
      /** What the source looks at and what it sends, read as sums. */
      asSums: z.object({ samplesPerHour: z.number(), sumsPerHour: z.number() }),
      /** Whether it is read as sums. */
      approximate: z.boolean(),
      bounded: z.boolean(),
    }),
  ),
  /** What was really read since the service started; null on a replica that does not meter. */
  read: z.object({ since: z.iso.datetime(), queries: z.number(), samples: z.number() }).nullable(),
});
export type MeteringCostAnswer = z.infer<typeof meteringCostSchema>;

export const sourceListSchema = listOf(sourceSchema);

export const burnRateListSchema = z.object({
  id: z.string(),
  asOf: instant,
  items: z.array(burnRateSchema),
});

/** What a client needs to know of the configuration; no addresses of the inside, no secrets. */
export const configAnswerSchema = z.object({
  timeScale: z.number(),
  /** Length of a ledger minute. */
  minuteMs: z.number(),
  services: z.array(z.string()),
  /** As declared, with what each counts. */
  objectives: z.array(objectiveSchema),
  links: z.object({ console: z.string(), grafana: z.string().nullable() }),
});

/** Who is asking, and how one signs in here. */
export const identitySchema = z.object({
  name: z.string(),
  role: z.enum(roles),
  by: z.enum(['open', 'key', 'session', 'token', 'webhook']),
  /** False where everything is open. */
  asksForKeys: z.boolean(),
  /** True where `/auth/oidc` signs in. */
  oidc: z.boolean(),
});

export type ObjectiveStatus = z.infer<typeof objectiveStatusSchema>;
export type ObjectiveList = z.infer<typeof objectiveListSchema>;
export type BudgetAnswer = z.infer<typeof budgetSchema>;
export type AdjustedBudget = z.infer<typeof adjustedBudgetSchema>;
export type BurnRateAnswer = z.infer<typeof burnRateSchema>;
export type Series = z.infer<typeof seriesSchema>;
export type Point = z.infer<typeof pointSchema>;
export type Page = z.infer<typeof pageSchema>;
export type PageList = z.infer<typeof pageListSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type SourceList = z.infer<typeof sourceListSchema>;
export type BurnRateList = z.infer<typeof burnRateListSchema>;
export type ConfigAnswer = z.infer<typeof configAnswerSchema>;

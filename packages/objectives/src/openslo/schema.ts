import { z } from 'zod';
import { isZone } from '../zone.ts';
import type { SchemaCode } from './words/schema.ts';

/** What a check says when it refuses: a code, of which a reader makes words. */
const saying = (code: SchemaCode): string => code;

const name = z
  .string()
  .max(255)
  .regex(/^[a-z0-9]([a-z0-9.|/\\-]*[a-z0-9])?$/, saying('NAME_FORM'));

const metadata = z.strictObject({
  name,
  displayName: z.string().optional(),
  labels: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const metricSource = z.strictObject({
  metricSourceRef: z.string().optional(),
  type: z.string().optional(),
  spec: z.record(z.string(), z.unknown()),
});
const metric = z.strictObject({ metricSource });

const ratioMetric = z
  .strictObject({
    counter: z.boolean().optional(),
    good: metric.optional(),
    bad: metric.optional(),
    total: metric.optional(),
    raw: metric.optional(),
    rawType: z.enum(['success', 'failure']).optional(),
  })
  .superRefine(({ good, bad, total, raw, rawType }, context) => {
    const complain = (code: SchemaCode) =>
      context.addIssue({ code: 'custom', message: saying(code) });
    const parts = [good, bad, total].filter((part) => part !== undefined).length;
    if (raw !== undefined && parts > 0) complain('RAW_NOT_ALONE');
    if (raw !== undefined && rawType === undefined) complain('RAW_TYPE_MISSING');
    if (raw !== undefined) return;
    if (total === undefined) complain('TOTAL_MISSING');
    if ((good === undefined) === (bad === undefined)) complain('GOOD_OR_BAD');
  });

const indicatorSpec = z
  .strictObject({
    description: z.string().max(1050).optional(),
    thresholdMetric: metric.optional(),
    ratioMetric: ratioMetric.optional(),
  })
  .refine(
    (spec) => (spec.thresholdMetric === undefined) !== (spec.ratioMetric === undefined),
    saying('THRESHOLD_OR_RATIO'),
  );

const indicator = z.strictObject({ metadata: metadata.optional(), spec: indicatorSpec });

const timeWindow = z
  .strictObject({
    duration: z.string().regex(/^[1-9]\d*[mhdwMQY]$/, saying('DURATION_FORM')),
    isRolling: z.boolean().optional(),
    calendar: z
      .strictObject({
        startTime: z.string().refine(isLocalTime, saying('START_TIME_FORM')),
        timeZone: z.string().refine(isZone, saying('ZONE_UNKNOWN')),
      })
      .optional(),
  })
  .refine(
    (window) => (window.isRolling === true) === (window.calendar === undefined),
    saying('ROLLING_OR_CALENDAR'),
  );

const target = z
  .strictObject({
    displayName: z.string().optional(),
    op: z.enum(['lte', 'gte', 'lt', 'gt']).optional(),
    value: z.number().optional(),
    target: z.number().gte(0).lt(1).optional(),
    targetPercent: z.number().gte(0).lt(100).optional(),
    timeSliceTarget: z.number().gte(0).lte(1).optional(),
    timeSliceWindow: z.union([z.number(), z.string()]).optional(),
    indicator: z.unknown().optional(),
    indicatorRef: z.string().optional(),
    compositeWeight: z.number().optional(),
  })
  .refine(
    (given) => (given.target === undefined) !== (given.targetPercent === undefined),
    saying('TARGET_OR_PERCENT'),
  );

const sloSpec = z
  .strictObject({
    description: z.string().max(1050).optional(),
    service: name,
    indicator: indicator.optional(),
    indicatorRef: name.optional(),
    timeWindow: z.array(timeWindow).length(1).optional(),
    budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
    objectives: z.array(target).min(1),
    alertPolicies: z.array(z.unknown()).optional(),
  })
  .refine(
    ({ indicator: own, indicatorRef, objectives }) =>
      own === undefined
        ? indicatorRef !== undefined || objectives.every(hasIndicator)
        : indicatorRef === undefined,
    saying('INDICATOR_OR_REFERENCE'),
  );

const head = {
  apiVersion: z.literal('openslo/v1', saying('API_VERSION_UNKNOWN')),
  metadata,
};

/** An OpenSLO v1 document (https://github.com/OpenSLO/OpenSLO); a field it has not is refused. */
export const openSloSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('SLO'), spec: sloSpec }),
  z.strictObject({ ...head, kind: z.literal('SLI'), spec: indicatorSpec }),
  z.strictObject({
    ...head,
    kind: z.literal('Service'),
    spec: z.strictObject({ description: z.string().max(1050).optional() }).nullish(),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('DataSource'),
    spec: z.looseObject({ type: z.string() }),
  }),
  z.strictObject({
    ...head,
    kind: z.enum(['AlertPolicy', 'AlertCondition', 'AlertNotificationTarget']),
    spec: z.unknown(),
  }),
]);

export type OpenSloDocument = z.infer<typeof openSloSchema>;
export type SloDocument = Extract<OpenSloDocument, { kind: 'SLO' }>;
export type SliDocument = Extract<OpenSloDocument, { kind: 'SLI' }>;
export type IndicatorSpec = z.infer<typeof indicatorSpec>;
export type MetricSource = z.infer<typeof metricSource>;
export type TimeWindow = z.infer<typeof timeWindow>;
export type TargetSpec = z.infer<typeof target>;

function isLocalTime(text: string): boolean {
  const isShaped = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/.test(text);
  return isShaped && !Number.isNaN(Date.parse(`${text.replace(' ', 'T')}Z`));
}

function hasIndicator(given: { indicator?: unknown; indicatorRef?: string | undefined }): boolean {
  return given.indicator !== undefined || given.indicatorRef !== undefined;
}

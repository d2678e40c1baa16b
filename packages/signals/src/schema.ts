import { z } from 'zod';
import { alertLooks } from './alert-hint.ts';

const panel = z.object({
  view: z.enum(['rate', 'value', 'quantiles', 'heatmap', 'ratio', 'none']),
  by: z.array(z.string()),
  title: z.string().optional(),
  why: z.string().optional(),
});

const where = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string()), z.object({ matching: z.string() })]),
);
const duration = z.string().regex(/^\d+(ms|[smhdw])$/, 'write a duration, for example 5m');

const alert = z.object({
  name: z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'write the name of an alert in CamelCase'),
  severity: z.enum(['page', 'ticket', 'info']),
  of: z.enum(alertLooks),
  where: where.optional(),
  window: duration.optional(),
  ahead: duration.optional(),
  equals: z.number().optional(),
  against: z
    .union([
      z.strictObject({ signal: z.string(), where: where.optional() }),
      z.strictObject({ ago: duration }),
      z.strictObject({ over: duration }),
    ])
    .optional(),
  by: z.array(z.string()).optional(),
  atLeast: z.number().optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  for: duration,
  component: z.string().optional(),
  silences: z.array(z.string()).optional(),
  summary: z.string(),
  impact: z.string().min(1),
  firstStep: z.string().min(1),
});

const text = {
  name: z.string().regex(/^[a-z_][a-zA-Z0-9_]*$/),
  help: z.string().min(1),
  owner: z.string(),
  panel,
  alert: z.union([alert, z.array(alert).min(1)]).optional(),
  noAlert: z.string().optional(),
};

/** A signal as it stands in the compiled configuration: data without methods. */
export const signalSchema = z.discriminatedUnion('kind', [
  z.object({
    ...text,
    kind: z.literal('metric'),
    type: z.enum(['counter', 'gauge', 'histogram']),
    unit: z.string(),
    labels: z.record(z.string(), z.union([z.literal('any'), z.array(z.string())])),
    buckets: z.array(z.number()).optional(),
  }),
  z.object({ ...text, kind: z.literal('log'), service: z.string(), pattern: z.string() }),
]);

/** A set of counter series in the compiled configuration. */
export const counterSelectionSchema = z.object({
  metric: z.string(),
  matchers: z.array(
    z.object({ label: z.string(), op: z.enum(['=', '!=', '=~', '!~']), value: z.string() }),
  ),
  service: z.string(),
});

/** A signal read from the compiled configuration. */
export type CompiledSignal = z.infer<typeof signalSchema>;

/** An alert hint read from the compiled configuration. */
export type CompiledAlertHint = z.infer<typeof alert>;

/** The alerts that a compiled signal declares; none when it says why. */
export function alertsOf({ alert }: Pick<CompiledSignal, 'alert'>): readonly CompiledAlertHint[] {
  if (alert === undefined) return [];
  return Array.isArray(alert) ? alert : [alert];
}

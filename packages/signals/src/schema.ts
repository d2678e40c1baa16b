import { z } from 'zod';

const panel = z.object({
  view: z.enum(['rate', 'value', 'quantiles', 'heatmap', 'ratio', 'none']),
  by: z.array(z.string()),
  title: z.string().optional(),
});

const alert = z.object({
  name: z.string(),
  severity: z.enum(['page', 'ticket', 'info']),
  of: z.enum(['value', 'rate', 'p99']),
  where: z.record(z.string(), z.string()).optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  for: z.string(),
  summary: z.string(),
});

const text = {
  name: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  help: z.string().min(1),
  owner: z.string(),
  panel,
  alert: alert.optional(),
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

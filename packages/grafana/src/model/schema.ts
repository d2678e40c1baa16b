import { z } from 'zod';

const unit = z.enum([
  's',
  'ms',
  'µs',
  'bytes',
  'Bps',
  'percentunit',
  'short',
  'reqps',
  'cps',
  'none',
]);
const color = z.enum(['green', 'orange', 'red', 'blue', 'gray']);
const link = z.object({ title: z.string(), url: z.string() });

const query = z.object({
  expr: z.string(),
  legend: z.string(),
  source: z.enum(['metrics', 'logs', 'traces']).exactOptional(),
  exemplars: z.boolean().exactOptional(),
  quiet: z.boolean().exactOptional(),
  unit: unit.exactOptional(),
});

const panel = z.object({
  title: z.string(),
  description: z.string(),
  view: z.enum([
    'timeseries',
    'stat',
    'gauge',
    'bar',
    'table',
    'heatmap',
    'logs',
    'traces',
    'nodegraph',
    'statetimeline',
  ]),
  unit,
  queries: z.array(query),
  width: z.number().int().min(1).max(24),
  height: z.number().int().min(1),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  stacked: z.boolean().exactOptional(),
  thresholds: z.array(z.object({ from: z.number().exactOptional(), color })).exactOptional(),
  states: z.array(z.object({ value: z.number(), text: z.string(), color })).exactOptional(),
  links: z.array(link).exactOptional(),
  noValue: z.string().exactOptional(),
});

const variable = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('datasource'),
    name: z.string(),
    label: z.string(),
    of: z.enum(['prometheus', 'loki', 'tempo']),
  }),
  z.object({
    kind: z.literal('label-values'),
    name: z.string(),
    label: z.string(),
    metric: z.string(),
    of: z.string(),
    multi: z.boolean().exactOptional(),
  }),
]);

const annotation = z.object({
  name: z.string(),
  expr: z.string(),
  at: z.enum(['when-present', 'value']),
  text: z.string(),
  color: z.enum(['blue', 'red', 'orange', 'purple']),
  quiet: z.boolean().exactOptional(),
});

/** `DashboardModel` as it is written to a file and read back: what a preview draws. */
export const dashboardModelSchema = z.object({
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  folder: z.string(),
  tags: z.array(z.string()),
  variables: z.array(variable),
  annotations: z.array(annotation),
  rows: z.array(
    z.object({
      title: z.string(),
      panels: z.array(panel),
      onlyWithData: z.boolean().exactOptional(),
      needs: z.array(z.string()).exactOptional(),
    }),
  ),
  links: z.array(link),
});

/** A dashboard in a file, with its folder's name as people read it. */
export const dashboardFileSchema = dashboardModelSchema.extend({ folderTitle: z.string() });

export type DashboardFile = z.infer<typeof dashboardFileSchema>;

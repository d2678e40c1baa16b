import { sloAnnotationTime } from '@sprout/signals/catalogue';
import { z } from 'zod';
import { listOf } from '../api/paging.ts';

/** Who signs what only a simulated history has. */
export const simulationName = 'simulation';

const instant = z.iso
  .datetime({ offset: true })
  .overwrite((text) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()));

/** Something that happened and may explain a figure, as it is told. */
export const annotationInputSchema = z.object({
  /** When it happened; now unless given. */
  at: instant.optional(),
  /** An announcement is shown to everybody on the status page; nothing else is. */
  kind: z.enum(sloAnnotationTime.labels.kind).default('deploy'),
  /** For example `order 1.4.2`. */
  title: z.string().trim().min(1).max(200),
  /** The service it happened to. */
  service: z.string().trim().min(1).max(100).nullable().default(null),
  /** Ids of objectives it concerns; null for all. */
  objectives: z.array(z.string()).min(1).max(100).nullable().default(null),
  by: z.string().trim().min(1).max(100),
  /** Where to read more, for example a pull request. */
  url: z.httpUrl().max(2000).nullable().default(null),
});

/** Something that happened and may explain a figure. */
export const annotationSchema = annotationInputSchema.extend({ id: z.string(), at: instant });

export const annotationListSchema = listOf(annotationSchema);

export type AnnotationInput = z.output<typeof annotationInputSchema>;
export type Annotation = z.output<typeof annotationSchema>;
export type AnnotationList = z.output<typeof annotationListSchema>;

import { randomBytes } from 'node:crypto';
import type { RecordKind, Records } from '../records/record-store.ts';
import { annotationSchema, simulationName } from './annotation.ts';
import type { Annotation, AnnotationInput } from './annotation.ts';

/** Annotations kept; beyond, the oldest are forgotten. */
export const annotationsMax = 50_000;

/** Annotations of one answer. */
export const annotationsPerAnswerMax = 500;

const annotationKind: RecordKind<Annotation> = {
  name: 'annotation',
  schema: annotationSchema,
  recordsMax: annotationsMax,
  mayForget: () => true,
};

/** Which annotations are asked for. */
export interface AnnotationFilter {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Those that concern this objective. */
  readonly objective?: string | undefined;
  readonly service?: string | undefined;
  readonly limit: number;
}

/** Of these there are few, however many annotations there are. */
export type Happening = Pick<Annotation, 'kind' | 'service'> & { readonly atMs: number };

/** Keeps deploys and other events by their time. */
export interface AnnotationStore {
  add(input: AnnotationInput, nowMs: number): Promise<Annotation>;
  /** The newest `limit`, oldest first. */
  list(filter: AnnotationFilter): Annotation[];
  /** When a thing of a kind last really happened to a service, until then; the newest first. */
  newest(untilMs: number): Happening[];
  /** Grows with every change. */
  revision(): number;
}

/** Annotations among the records. */
export async function openAnnotationStore(records: Records): Promise<AnnotationStore> {
  const store = await records.open(annotationKind);
  let read = store.all();
  let byTime = inOrder(read);
  const ordered = () => {
    const all = store.all();
    if (all !== read) [read, byTime] = [all, inOrder(all)];
    return byTime;
  };
  return {
    add: (input, nowMs) => {
      const at = input.at ?? new Date(nowMs).toISOString();
      const id = randomBytes(6).toString('hex');
      return store.put(id, { ...input, at, id });
    },
    list: ({ fromMs, toMs, objective, service, limit }) =>
      ordered()
        .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
        .map(({ annotation }) => annotation)
        .filter((one) => concerns(one, objective) && isOf(one, service))
        .slice(-limit),
    newest: (untilMs) => newestOf(ordered(), untilMs),
    revision: store.revision,
  };
}

interface Timed {
  readonly atMs: number;
  readonly annotation: Annotation;
}

/** Sorting is stable, so those of one instant stay in the order they were written in. */
const inOrder = (all: readonly Annotation[]): readonly Timed[] =>
  all
    .map((annotation) => ({ atMs: Date.parse(annotation.at), annotation }))
    .toSorted((a, b) => a.atMs - b.atMs);

function newestOf(byTime: readonly Timed[], untilMs: number): Happening[] {
  const newest = new Map<string, Happening>();
  for (const { atMs, annotation } of byTime) {
    if (atMs > untilMs) break;
    const { kind, service, by } = annotation;
    if (by === simulationName) continue;
    newest.set(JSON.stringify([kind, service]), { kind, service, atMs });
  }
  return [...newest.values()].toSorted((a, b) => b.atMs - a.atMs);
}

const concerns = ({ objectives }: Annotation, objective: string | undefined) =>
  objective === undefined || (objectives?.includes(objective) ?? true);

const isOf = (annotation: Annotation, service: string | undefined) =>
  service === undefined || annotation.service === service;

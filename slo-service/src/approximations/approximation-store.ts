import { z } from 'zod';
import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { RecordKind, Records } from '../records/record-store.ts';

/** Since when, and until when, an objective was read as sums of its series. */
const approximationSchema = z.object({
  objective: z.string(),
  spans: z.array(
    z.object({
      fromMinute: z.number().int(),
      /** Exclusive; null while it goes on. */
      toMinute: z.number().int().nullable(),
    }),
  ),
});
type Approximation = z.infer<typeof approximationSchema>;
type Spans = Approximation['spans'];

const approximationKind: RecordKind<Approximation> = {
  name: 'approximation',
  schema: approximationSchema,
  recordsMax: 50_000,
};

/** Stretches of one objective that are remembered; beyond that the oldest two become one. */
export const approximationsMax = 100;

/**
 * Which minutes of which objectives are approximate. An objective changes with all that it counts,
 * and only where final minutes end: a few stretches say what a column of every day row would.
 */
export interface ApproximationStore {
  /** Stretches of an objective, oldest first; one that goes on ends with infinity. */
  of(objective: string): readonly MinuteSpan[];
  /** Objectives that are read as sums now. */
  current(): ReadonlySet<string>;
  /** From a minute on these objectives are read as sums, and no others. */
  mark(objectives: ReadonlySet<string>, fromMinute: number): Promise<void>;
}

/** Opens what is remembered of readings that were approximate. */
export async function openApproximationStore(records: Records): Promise<ApproximationStore> {
  const store = await records.open(approximationKind);
  const spansOf = (objective: string): Spans => store.find(objective)?.spans ?? [];
  const current = () =>
    new Set(
      store
        .all()
        .filter(({ spans }) => isOpen(spans))
        .map(({ objective }) => objective),
    );
  return {
    of: (objective) =>
      spansOf(objective).map(({ fromMinute, toMinute }) => ({
        fromMinute,
        toMinute: toMinute ?? Infinity,
      })),
    current,
    mark: async (objectives, fromMinute) => {
      const before = current();
      const begun = [...objectives].filter((id) => !before.has(id));
      const ended = [...before].filter((id) => !objectives.has(id));
      const changed = [
        ...begun.map((id) => [id, opened(spansOf(id), fromMinute)] as const),
        ...ended.map((id) => [id, closed(spansOf(id), fromMinute)] as const),
      ];
      if (changed.length === 0) return;
      await store.putAll(
        changed.map(([objective, spans]) => [objective, { objective, spans: [...spans] }]),
      );
    },
  };
}

const isOpen = (spans: Spans): boolean => spans.at(-1)?.toMinute === null;

function opened(spans: Spans, fromMinute: number): Spans {
  const all = [...spans, { fromMinute, toMinute: null }];
  const [first, second, ...rest] = all;
  if (all.length <= approximationsMax || first === undefined || second === undefined) return all;
  return [{ ...second, fromMinute: first.fromMinute }, ...rest];
}

/** The minute itself is part of it: what its first scrapes show is the baseline of the next. */
const closed = (spans: Spans, atMinute: number): Spans =>
  spans.map((span) => (span.toMinute === null ? { ...span, toMinute: atMinute + 1 } : span));

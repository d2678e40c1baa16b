import type { Span } from './otlp.ts';

/** A span in its place: below its parent, its bar as fractions of the whole trace. */
export interface WaterfallRow {
  readonly span: Span;
  readonly depth: number;
  readonly left: number;
  readonly width: number;
  readonly startsAfterMs: number;
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  readonly startMs: number;
  readonly durationMs: number;
  readonly services: readonly string[];
}

/** Puts spans in the order of a depth-first walk, children by start. Orphans stand as roots. */
export function layOut(spans: readonly Span[]): Waterfall {
  const startMs = Math.min(...spans.map((span) => span.startMs));
  const endMs = Math.max(...spans.map((span) => span.startMs + span.durationMs));
  const durationMs = spans.length > 0 ? endMs - startMs : 0;
  const rows = walk(spans).map(({ span, depth }) => ({
    span,
    depth,
    startsAfterMs: span.startMs - startMs,
    left: durationMs > 0 ? (span.startMs - startMs) / durationMs : 0,
    width: durationMs > 0 ? span.durationMs / durationMs : 1,
  }));
  return {
    rows,
    startMs,
    durationMs,
    services: [...new Set(rows.map(({ span }) => span.service))],
  };
}

function walk(spans: readonly Span[]): readonly { span: Span; depth: number }[] {
  const ids = new Set(spans.map((span) => span.id));
  const sorted = spans.toSorted((a, b) => a.startMs - b.startMs);
  const parentOf = (span: Span) =>
    span.parentId !== undefined && ids.has(span.parentId) && span.parentId !== span.id
      ? span.parentId
      : '';
  const children = Map.groupBy(sorted, parentOf);
  const rows: { span: Span; depth: number }[] = [];
  const open = (children.get('') ?? []).map((span) => ({ span, depth: 0 })).toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    rows.push(next);
    const { depth } = next;
    const below = (children.get(next.span.id) ?? []).map((span) => ({ span, depth: depth + 1 }));
    open.push(...below.toReversed());
    children.delete(next.span.id);
  }
  return rows;
}

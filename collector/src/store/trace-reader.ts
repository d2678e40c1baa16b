import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeTraces, scanSpans } from '@sprout/wire';
import type { ScannedSpan, Span } from '@sprout/wire';
import { unpack } from './block.ts';
import { blockBytes } from './day.ts';
import type { Day } from './day.ts';
import type { Store } from './store.ts';

/** Blocks one search reads at most, about 1 MiB each before packing. */
export const searchBlocksMax = 500;

/** What a search looks for. `service`, `minDurationMs` and `errors` also say which blocks to read. */
export interface SpanSearch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly service?: string;
  readonly minDurationMs?: number;
  readonly errors?: boolean;
  matches(span: Span): boolean;
  readonly tracesMax: number;
}

/** A trace with the spans of it that matched. */
export interface TraceHit {
  readonly traceId: string;
  readonly matched: Span[];
}

/** All spans of a trace, in order of their start; `[]` when it is unknown. */
export function readTrace(store: Store, traceId: string): Span[] {
  const id = Buffer.from(traceId, 'hex');
  const spans = new Map<string, Span>();
  for (const day of store.days()) {
    for (const row of day.sql('SELECT block FROM trace_block WHERE trace = ?').all(id)) {
      for (const span of spansOf(day, Number(row['block']))) {
        // A client and a server span of Zipkin may share an id; a span sent twice is the same.
        const key = `${span.spanId}/${span.kind}/${span.startNs}`;
        if (span.traceId === traceId) spans.set(key, span);
      }
    }
  }
  return [...spans.values()].toSorted((a, b) => Number(a.startNs - b.startNs));
}

/** Finds traces, the newest first; what arrived last is read first, and other work goes on between blocks. */
export async function searchTraces(store: Store, search: SpanSearch): Promise<TraceHit[]> {
  const hits = new Map<string, TraceHit>();
  let blocksRead = 0;
  for (const day of store.days()) {
    for (const block of candidateBlocks(day, search)) {
      if (blocksRead++ >= searchBlocksMax) break;
      for (const span of spansOf(day, block)) addHit(hits, span, search);
      if (hits.size >= search.tracesMax) return newestFirst(hits).slice(0, search.tracesMax);
      await nextTurn();
    }
  }
  return newestFirst(hits);
}

function newestFirst(hits: ReadonlyMap<string, TraceHit>): TraceHit[] {
  const startNs = ({ matched }: TraceHit) => matched[0]?.startNs ?? 0n;
  return [...hits.values()].toSorted((a, b) => Number(startNs(b) - startNs(a)));
}

/** Spans of the blocks that arrived last, for lists of names and tags. */
export function* recentSpans(store: Store, blocksMax: number): Generator<Span> {
  let blocksLeft = blocksMax;
  for (const day of store.days()) {
    const rows = day
      .sql("SELECT id FROM block WHERE kind = 'traces' ORDER BY id DESC LIMIT ?")
      .all(blocksLeft);
    for (const row of rows) yield* spansOf(day, Number(row['id']));
    blocksLeft -= rows.length;
    if (blocksLeft <= 0) return;
  }
}

/** Visits the spans of a time range without decoding them; other work goes on between blocks. */
export async function scanRange(
  store: Store,
  range: { readonly fromMs: number; readonly toMs: number },
  visit: (span: ScannedSpan) => void,
): Promise<void> {
  let blocksRead = 0;
  for (const day of store.days()) {
    for (const block of candidateBlocks(day, range)) {
      if (blocksRead++ >= searchBlocksMax) return;
      const bytes = blockBytes(day, block);
      if (bytes !== undefined) scanSpans(unpack(bytes), visit);
      await nextTurn();
    }
  }
}

/** Every service that sent spans, sorted. */
export function serviceNames(store: Store): string[] {
  const names = store
    .days()
    .flatMap((day) => day.sql('SELECT DISTINCT service FROM service_block').all())
    .map((row) => String(row['service']));
  return [...new Set(names)].filter((name) => name !== '').toSorted();
}

function addHit(hits: Map<string, TraceHit>, span: Span, search: SpanSearch): void {
  const startMs = Number(span.startNs / 1_000_000n);
  if (startMs < search.fromMs || startMs > search.toMs || !search.matches(span)) return;
  const hit = hits.get(span.traceId) ?? { traceId: span.traceId, matched: [] };
  hits.set(span.traceId, hit);
  hit.matched.push(span);
}

type BlockSearch = Pick<SpanSearch, 'fromMs' | 'toMs' | 'service' | 'minDurationMs' | 'errors'>;

function candidateBlocks(day: Day, search: BlockSearch): number[] {
  const rows = day
    .sql(
      `SELECT DISTINCT block.id AS id FROM block JOIN service_block ON service_block.block = block.id
       WHERE block.kind = 'traces' AND block.max_ms >= ? AND block.min_ms <= ?
         AND (? IS NULL OR service_block.service = ?)
         AND service_block.max_duration_ms >= ? AND service_block.errors >= ?
       ORDER BY block.id DESC LIMIT ?`,
    )
    .all(
      search.fromMs,
      search.toMs,
      search.service ?? null,
      search.service ?? null,
      search.minDurationMs ?? 0,
      search.errors ? 1 : 0,
      searchBlocksMax,
    );
  return rows.map((row) => Number(row['id']));
}

function spansOf(day: Day, block: number): Span[] {
  const bytes = blockBytes(day, block);
  return bytes === undefined ? [] : decodeTraces(unpack(bytes));
}

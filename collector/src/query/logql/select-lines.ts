import { readLogs } from '../../store/log-reader.ts';
import type { Store } from '../../store/store.ts';
import { matchesStream, pipelineOf, wordsOf } from './pipeline.ts';
import type { Entry } from './pipeline.ts';
import type { LogQuery } from './query.ts';

export interface LineRange {
  readonly fromNs: bigint;
  readonly toNs: bigint;
  readonly direction: 'forward' | 'backward';
  readonly limit: number;
}

/** The first `limit` lines of a range in the wanted direction. */
export async function selectLines(
  store: Store,
  query: LogQuery,
  range: LineRange,
): Promise<Entry[]> {
  const pass = pipelineOf(query);
  const backward = range.direction === 'backward';
  let found: Entry[] = [];
  await readLogs(store, { ...searchOf(query), ...range }, (lines, boundaryMs) => {
    for (const line of lines) {
      const entry = pass(line);
      if (entry) found.push(entry);
    }
    if (found.length < range.limit) return true;
    found = inOrder(found, backward).slice(0, range.limit);
    const last = Number((found.at(-1)?.timeNs ?? 0n) / 1_000_000n);
    // Blocks may overlap: stop only when no later block can hold a line before the last one kept.
    return backward ? boundaryMs >= last : boundaryMs <= last;
  });
  return inOrder(found, backward).slice(0, range.limit);
}

/** Visits every passing line of a range, in no particular order. */
export async function visitLines(
  store: Store,
  query: LogQuery,
  range: { readonly fromNs: bigint; readonly toNs: bigint },
  visit: (entry: Entry) => void,
): Promise<void> {
  const pass = pipelineOf(query);
  const search = { ...searchOf(query), ...range, direction: 'forward' as const };
  await readLogs(store, search, (lines) => {
    for (const line of lines) {
      const entry = pass(line);
      if (entry) visit(entry);
    }
    return true;
  });
}

function searchOf(query: LogQuery) {
  return {
    matchesStream: (labels: Readonly<Record<string, string>>) => matchesStream(query, labels),
    words: wordsOf(query),
  };
}

function inOrder(entries: Entry[], backward: boolean): Entry[] {
  const sign = backward ? -1 : 1;
  return entries.sort((a, b) => (a.timeNs < b.timeNs ? -sign : a.timeNs > b.timeNs ? sign : 0));
}

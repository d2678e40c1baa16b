import type { MinuteSpan } from '../exclusions/left-out.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import type { LedgerReader } from '../view/ledger-view.ts';

/**
 * A ledger as it would be without its simulation, which ends before anything was measured: what
 * fires alerts, calls webhooks and goes to Prometheus counts only what happened.
 */
export function measuredOnly(
  ledger: LedgerReader,
  simulation: (() => MinuteSpan | undefined) | undefined,
): LedgerReader {
  const beginOf = (from: number, to: number) =>
    Math.min(to, Math.max(from, simulation?.()?.toMinute ?? from));
  return {
    sum: (key, from, to) => ledger.sum(key, beginOf(from, to), to),
    minutes: async (key, from, to) => {
      const begin = beginOf(from, to);
      const columns = await ledger.minutes(key, begin, to);
      return begin === from ? columns : precededByUnknown(columns, begin - from);
    },
  };
}

function precededByUnknown(columns: MinuteColumns, count: number): MinuteColumns {
  const floats = (column: Float64Array) => {
    const longer = new Float64Array(count + column.length);
    longer.set(column, count);
    return longer;
  };
  // Zero is the state of what is not known.
  const state = new Uint8Array(count + columns.state.length);
  state.set(columns.state, count);
  return {
    fromMinute: columns.fromMinute - count,
    valid: floats(columns.valid),
    bad: floats(columns.bad),
    coverage: floats(columns.coverage),
    state,
  };
}

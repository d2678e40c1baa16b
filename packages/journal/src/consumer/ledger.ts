import type { Mark } from '../record/record.ts';

/**
 * The account of one consumer. At every moment
 * `received = delivered + queued + dropped`, where received is what was appended since its start.
 */
export interface Ledger {
  /** Everything before it is accounted for. */
  readonly mark: Mark;
  /** Items before the consumer was registered. */
  readonly startItems: number;
  readonly delivered: number;
  /** Items by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What became of the items of one or more records. */
export interface Outcome {
  readonly delivered: number;
  /** Items by reason. */
  readonly dropped?: Readonly<Record<string, number>>;
}

/** A ledger that starts at `mark`. */
export function openLedger(mark: Mark): Ledger {
  return { mark, startItems: mark.items, delivered: 0, dropped: {} };
}

/** Items an outcome accounts for. */
export function outcomeItems(outcome: Outcome): number {
  return Object.values(outcome.dropped ?? {}).reduce(
    (sum, items) => sum + items,
    outcome.delivered,
  );
}

/** The ledger after `outcome` for everything up to `mark`; items it does not name were lost to damage. */
export function settled(ledger: Ledger, mark: Mark, outcome: Outcome): Ledger {
  const damaged = mark.items - ledger.mark.items - outcomeItems(outcome);
  const dropped = { ...ledger.dropped };
  for (const [reason, items] of Object.entries(outcome.dropped ?? {}))
    addTo(dropped, reason, items);
  addTo(dropped, 'corrupt', damaged);
  return { ...ledger, mark, delivered: ledger.delivered + outcome.delivered, dropped };
}

/** The outcome without `items` that were already counted as dropped: delivered ones first. */
export function withoutItems(outcome: Outcome, items: number): Outcome {
  const fromDelivered = Math.min(items, outcome.delivered);
  let rest = items - fromDelivered;
  const dropped: Record<string, number> = {};
  for (const [reason, count] of Object.entries(outcome.dropped ?? {})) {
    const taken = Math.min(rest, count);
    rest -= taken;
    addTo(dropped, reason, count - taken);
  }
  return { delivered: outcome.delivered - fromDelivered, dropped };
}

function addTo(dropped: Record<string, number>, reason: string, items: number): void {
  if (items !== 0) dropped[reason] = (dropped[reason] ?? 0) + items;
}

import type { Journals } from '../journals/journals.ts';
import type { CollectorMetrics } from './collector-metrics.ts';

/**
 * Copies the journals' ledgers into the metrics: received = delivered + queued + dropped, exactly,
 * because all four come from one reading. They are kept with the cursors and survive restarts.
 */
export function reportLedger(metrics: CollectorMetrics, journals: Journals): void {
  metrics.received.reset();
  metrics.delivered.reset();
  metrics.dropped.reset();
  for (const signal of ['traces', 'logs', 'metrics'] as const) {
    const stats = journals[signal].stats();
    metrics.journalBytes.set({ signal }, stats.bytes);
    metrics.received.inc({ signal }, stats.receivedItems);
    for (const [consumer, ledger] of Object.entries(stats.consumers)) {
      metrics.delivered.inc({ signal, consumer }, ledger.delivered);
      metrics.queued.set({ signal, consumer }, ledger.queued);
      metrics.queueAge.set({ signal, consumer }, ledger.oldestQueuedAgeMs / 1000);
      for (const [reason, items] of Object.entries(ledger.dropped)) {
        metrics.dropped.inc({ signal, consumer, reason }, items);
      }
    }
  }
}

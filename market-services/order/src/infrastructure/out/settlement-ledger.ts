import type { Database, Statements } from '@sprout/data';
import { handleOnce } from '@sprout/queue';
import type { Settled, SettlementLedger, StockAnswer } from '../../application/settlement.ts';
import { stateAfter } from '../../domain/order.ts';
import { findOrder } from './order-row.ts';

/** Settlement in MySQL: inbox and order change in one transaction. */
export function createSettlementLedger(database: Database): SettlementLedger {
  return {
    settleOnce: async (eventId, answer) => {
      let settled: Settled | undefined;
      const handled = await handleOnce(database, eventId, async (statements) => {
        settled = await settle(statements, answer);
      });
      return handled === 'duplicate' ? handled : settled;
    },
  };
}

async function settle(
  statements: Statements,
  { orderId, verdict, unitPrice }: StockAnswer,
): Promise<Settled | undefined> {
  const order = await findOrder(statements, orderId, 'FOR UPDATE');
  // Called off meanwhile: the stock of this verdict goes back on its own event.
  if (order?.orderState !== 'pending') return undefined;
  const price = unitPrice * order.quantity;
  await statements.change(
    'UPDATE orders SET order_state = ?, price = ?, state_since = ? WHERE id = ?',
    [stateAfter(verdict), price, new Date(), BigInt(orderId)],
  );
  return {
    outcome: verdict === 'reserved' ? 'approved' : 'rejected',
    placedAt: order.orderDate,
    price,
  };
}

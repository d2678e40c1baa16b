import type { Database, Statements } from '@sprout/data';
import { handleOnce, writeToOutbox } from '@sprout/queue';
import type { Telemetry } from '@sprout/queue';
import type { StockLedger } from '../../application/stock-desk.ts';
import { judge } from '../../domain/stock-check.ts';
import type { StockAnswer, StockRequest, Verdict } from '../../domain/stock-check.ts';

const answersStream = 'stock';

/** Stock in MySQL: inbox, stock and outbox change in one transaction. */
export function createStockLedger(
  database: Database,
  telemetry: Telemetry,
  newId: () => string,
): StockLedger {
  return {
    checkOnce: async (eventId, request) => {
      let verdict: Verdict | undefined;
      await handleOnce(database, eventId, async (statements) => {
        const answer = await take(statements, request);
        await writeToOutbox(statements, telemetry, {
          id: newId(),
          stream: answersStream,
          type: answer.verdict === 'reserved' ? 'stock.reserved' : 'stock.rejected',
          body: answer,
          at: new Date(),
        });
        verdict = answer.verdict;
      });
      return verdict;
    },
  };
}

async function take(statements: Statements, request: StockRequest): Promise<StockAnswer> {
  const { productId, quantity } = request;
  // One statement compares and subtracts, so that no two orders see the same piece.
  const taken = await statements.change(
    'UPDATE product SET stock = stock - ? WHERE id = ? AND stock >= ?',
    [quantity, BigInt(productId), quantity],
  );
  const [row] = await statements.rows('SELECT price FROM product WHERE id = ?', [
    BigInt(productId),
  ]);
  return judge(request, row === undefined ? undefined : Number(row['price']), taken > 0);
}

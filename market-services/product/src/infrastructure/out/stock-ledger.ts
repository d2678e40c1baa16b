import type { Database, Statements } from '@sprout/data';
import { handleOnce, publishAgain, writeToOutbox } from '@sprout/queue';
import type { Telemetry } from '@sprout/queue';
import type { StockLedger } from '../../application/stock-desk.ts';
import { judge } from '../../domain/stock-check.ts';
import type { StockAnswer, StockRequest, Verdict } from '../../domain/stock-check.ts';

const answersStream = 'stock';

/** A question repeated this long after its answer left means that the answer was lost. */
const answerLostAfterMs = 5_000;

/**
 * Stock in MySQL: inbox, stock and outbox change in one transaction. An order is asked about once
 * and answered once, so question and answer carry the order's id as theirs.
 */
export function createStockLedger(database: Database, telemetry: Telemetry): StockLedger {
  return {
    checkOnce: async (eventId, request) => {
      let verdict: Verdict | undefined;
      const handled = await handleOnce(database, eventId, async (statements) => {
        const answer = await take(statements, request);
        await writeToOutbox(statements, telemetry, {
          id: eventId,
          stream: answersStream,
          type: answer.verdict === 'reserved' ? 'stock.reserved' : 'stock.rejected',
          body: answer,
          at: new Date(),
        });
        verdict = answer.verdict;
      });
      if (handled === 'duplicate') {
        await publishAgain(database, eventId, new Date(Date.now() - answerLostAfterMs));
      }
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

import type { Database, Statements } from '@sprout/data';
import { handleOnce, publishAgain, writeToOutbox } from '@sprout/queue';
import type { Telemetry } from '@sprout/queue';
import type { StockLedger } from '../../application/stock-desk.ts';
import { judge } from '../../domain/stock-check.ts';
import type { Release, StockAnswer, StockRequest } from '../../domain/stock-check.ts';
import { lockReservation, setReservation } from './reservation.ts';

const answersStream = 'stock';

/** A question repeated this long after its answer left means that the answer was lost. */
const answerLostAfterMs = 5_000;

/**
 * Stock in MySQL: inbox, reservation, stock and outbox change in one transaction. Each event is
 * answered once, so the answer carries the event's id as its own.
 */
export function createStockLedger(database: Database, telemetry: Telemetry): StockLedger {
  /** Undefined when the event had its effect before; its answer is repeated if it seems lost. */
  const once = async <T>(
    eventId: string,
    effect: (statements: Statements, at: Date) => Promise<T>,
  ): Promise<T | undefined> => {
    let result: T | undefined;
    const handled = await handleOnce(database, eventId, async (statements) => {
      result = await effect(statements, new Date());
    });
    if (handled === 'processed') return result;
    await publishAgain(database, [eventId], new Date(Date.now() - answerLostAfterMs));
    return undefined;
  };
  const answer = (statements: Statements, id: string, type: string, body: unknown, at: Date) =>
    writeToOutbox(statements, telemetry, { id, stream: answersStream, type, body, at });
  return {
    checkOnce: (eventId, request) =>
      once(eventId, async (statements, at) => {
        const { orderId } = request;
        // The cancellation overtook the order: nobody waits for a verdict any more.
        if ((await lockReservation(statements, orderId, at)) === 'canceled') return 'canceled';
        const verdict = await take(statements, request);
        const reserved = verdict.verdict === 'reserved';
        await setReservation(statements, orderId, reserved ? 'reserved' : 'rejected', at);
        const type = reserved ? 'stock.reserved' : 'stock.rejected';
        await answer(statements, eventId, type, verdict, at);
        return verdict.verdict;
      }),
    releaseOnce: (eventId, request) =>
      once(eventId, async (statements, at) => {
        const release = await giveBack(statements, request, at);
        await answer(statements, eventId, 'stock.released', { orderId: request.orderId }, at);
        return release;
      }),
    // Behind the answers given so far, in the outbox as on the stream.
    returnOnce: async (eventId, marker) => {
      await handleOnce(database, eventId, (statements) =>
        answer(statements, eventId, 'stock.marker', marker, new Date()),
      );
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

async function giveBack(
  statements: Statements,
  { orderId, productId, quantity }: StockRequest,
  at: Date,
): Promise<Release> {
  const state = await lockReservation(statements, orderId, at);
  if (state !== 'reserved') {
    if (state === 'open') await setReservation(statements, orderId, 'canceled', at);
    return 'nothing_taken';
  }
  await setReservation(statements, orderId, 'released', at);
  await statements.change('UPDATE product SET stock = stock + ? WHERE id = ?', [
    quantity,
    BigInt(productId),
  ]);
  return 'returned';
}

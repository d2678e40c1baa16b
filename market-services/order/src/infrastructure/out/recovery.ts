import type { Database } from '@sprout/data';
import { publishAgain } from '@sprout/queue';
import type { Logger } from '@sprout/process';
import { z } from 'zod';

/** Twice what an order may take; whoever waits longer has been forgotten. */
const waitingMsMax = 10_000;
/** Longest time between two questions, so that no order waits for ever longer. */
const askEveryMs = 60_000;
const lookEveryMs = 2_000;
const eventsMax = 500;

/**
 * Looks for orders that stay pending, and for cancellations whose stock stays away, and asks
 * product again with the same event: a queue that lost its memory loses no order and no stock.
 * Repeated questions have no effect, the inboxes see to that. Tells at each look how long the oldest
 * order has been pending.
 */
export function startRecovery(
  database: Database,
  logger: Pick<Logger, 'info' | 'debug'>,
  eventWaits: () => void,
  oldestPending: (ageSeconds: number) => void,
): { stop(): void } {
  const look = async () => {
    try {
      oldestPending(await oldestPendingSeconds(database, Date.now()));
      const asked = await askAgain(database, Date.now());
      if (asked === 0) return;
      logger.info('product asked again', { events: asked });
      eventWaits();
    } catch (error) {
      logger.debug('no look for forgotten orders', { 'exception.message': String(error) });
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return { stop: () => clearInterval(timer) };
}

/**
 * Asks about a pending order or an unconfirmed cancellation when it has waited for too long, then
 * each time its age has doubled, at least every minute: a product that is only slow must not drown
 * in repetitions, and a question that was lost several times is not put off for longer and longer.
 */
async function askAgain(database: Database, nowMs: number): Promise<number> {
  const before = new Date(nowMs - waitingMsMax);
  const rows = [
    ...(await database.rows(
      `SELECT id, order_date AS since FROM orders WHERE order_state = 'pending' AND order_date < ?
       ORDER BY id LIMIT ?`,
      [before, eventsMax],
    )),
    ...(await database.rows(
      `SELECT event_id AS id, canceled_at AS since FROM stock_owed WHERE canceled_at < ?
       ORDER BY canceled_at LIMIT ?`,
      [before, eventsMax],
    )),
  ];
  let asked = 0;
  for (const { id, since } of rows.map((row) => rowSchema.parse(row))) {
    if (await publishAgain(database, id, askedBefore(since.getTime(), nowMs))) asked += 1;
  }
  return asked;
}

/** A question that left before this is asked again. */
export function askedBefore(sinceMs: number, nowMs: number): Date {
  const halfItsAgeMs = (nowMs - sinceMs) / 2;
  return new Date(nowMs - Math.min(halfItsAgeMs, askEveryMs));
}

/** Seconds; 0 when no order is pending. */
async function oldestPendingSeconds(database: Database, nowMs: number): Promise<number> {
  const [row] = await database.rows(
    `SELECT MIN(state_since) AS since FROM orders WHERE order_state = 'pending'`,
  );
  const { since } = oldestSchema.parse(row);
  return since === null ? 0 : Math.max(0, (nowMs - since.getTime()) / 1000);
}

const oldestSchema = z.object({ since: z.date().nullable() });

const rowSchema = z.object({ id: z.string(), since: z.date() });

import type { Database } from '@sprout/data';
import { publishAgain, writeToOutbox } from '@sprout/queue';
import type { Telemetry } from '@sprout/queue';
import { z } from 'zod';
import type { OpenQuestions } from '../../application/recovery.ts';

/** Asked again for one marker; the next one finds the rest. */
const eventsMax = 1_000;

/**
 * One that was lost is asked again at once, and then when its age has doubled, at least this often:
 * a message that product gave up stays open, and is not to fill the stream of dead messages.
 */
const pauseSecondsMax = 30;

/** Open questions in MySQL: an order's own event, and those of cancellations that are owed stock. */
export function createOpenQuestions(
  database: Database,
  { telemetry, newId }: { readonly telemetry: Telemetry; readonly newId: () => string },
): OpenQuestions {
  return {
    anySince: async (before) => {
      const rows = await database.rows(
        `(SELECT 1 FROM orders WHERE order_state = 'pending' AND order_date < ? LIMIT 1)
         UNION ALL (SELECT 1 FROM stock_owed WHERE canceled_at < ? LIMIT 1)`,
        [before, before],
      );
      return rows.length > 0;
    },
    // Through the outbox, as what waits there is not on the stream yet.
    sendMarker: (sentAt) =>
      writeToOutbox(database, telemetry, {
        id: newId(),
        stream: 'orders',
        type: 'order.marker',
        body: { sentAt: sentAt.toISOString() },
        at: sentAt,
      }),
    // What was not published yet has no such time, and is not asked twice.
    askAgain: async (askedBefore) => {
      const at = new Date();
      const due = `published_at < ? AND TIMESTAMPDIFF(SECOND, published_at, ?) >=
        LEAST(${pauseSecondsMax}, TIMESTAMPDIFF(SECOND, created_at, ?) / 2) LIMIT ${eventsMax}`;
      const rows = await database.rows(
        `(SELECT outbox.id FROM orders JOIN outbox ON outbox.id = orders.id
          WHERE order_state = 'pending' AND ${due})
         UNION ALL
         (SELECT outbox.id FROM stock_owed JOIN outbox ON outbox.id = event_id WHERE ${due})`,
        [askedBefore, at, at, askedBefore, at, at],
      );
      const ids = rows.map((row) => rowSchema.parse(row).id);
      return publishAgain(database, ids, askedBefore);
    },
  };
}

const rowSchema = z.object({ id: z.coerce.string() });

import { isUnavailable } from '@sprout/data';
import type { Consumption, Handled, Message, Queue } from '@sprout/queue';
import { z } from 'zod';
import { tsidSchema } from '../../../../src/api/fields.ts';
import type { Settlement } from '../../application/settlement.ts';

/** What this service reads of `stock.reserved` and `stock.rejected`. */
const answerSchema = z.object({
  orderId: tsidSchema,
  verdict: z.enum(['reserved', 'out_of_stock', 'unknown_product']),
  unitPrice: z.int().min(0),
});

const markerSchema = z.object({ sentAt: z.iso.datetime().transform((text) => new Date(text)) });

const answerTypes = new Set(['stock.reserved', 'stock.rejected']);

/** Orders know nothing of each other; at once they share the waits for the disk. */
const ordersAtOnce = 4;

export interface StockConsumerParts {
  readonly settlement: Settlement;
  /** Told that a cancellation is settled, by the id of its event. */
  readonly stockIsBack: (eventId: string) => Promise<Handled>;
  /** Told that a marker came back, by when it was sent. */
  readonly markerIsBack: (sentAt: Date) => Promise<unknown>;
}

/** Settles an order for each answer of the stock check. */
export function consumeStock(
  queue: Queue,
  consumer: string,
  { settlement, stockIsBack, markerIsBack }: StockConsumerParts,
): Consumption {
  return queue.consume({
    stream: 'stock',
    group: 'order',
    consumer,
    parallel: ordersAtOnce,
    isPassing: isUnavailable,
    handle: async (message: Message) => {
      if (message.type === 'stock.released') return stockIsBack(message.id);
      if (message.type === 'stock.marker') {
        await markerIsBack(markerSchema.parse(message.body).sentAt);
        return 'processed';
      }
      // Events of other types on the stream are not for this service.
      if (!answerTypes.has(message.type)) return 'processed';
      return settlement.settle(message.id, answerSchema.parse(message.body));
    },
  });
}

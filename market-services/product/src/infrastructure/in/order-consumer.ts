import { isUnavailable } from '@sprout/data';
import type { Consumption, Message, Queue } from '@sprout/queue';
import { z } from 'zod';
import { tsidSchema } from '../../../../src/api/fields.ts';
import type { StockDesk } from '../../application/stock-desk.ts';

/** What this service reads of `order.created` and `order.canceled`; there may be more fields. */
const orderEventSchema = z.object({
  orderId: tsidSchema,
  productId: tsidSchema,
  quantity: z.int().positive(),
});

const markerSchema = z.object({ sentAt: z.iso.datetime() });

/** Orders know nothing of each other; at once they share the waits for the disk. */
const ordersAtOnce = 4;

/** Checks the stock for each order placed, returns it for each canceled. */
export function consumeOrders(queue: Queue, consumer: string, desk: StockDesk): Consumption {
  return queue.consume({
    stream: 'orders',
    group: 'product',
    consumer,
    parallel: ordersAtOnce,
    isPassing: isUnavailable,
    handle: async (message: Message) => {
      if (message.type === 'order.created') {
        return desk.check(message.id, orderEventSchema.parse(message.body));
      }
      if (message.type === 'order.canceled') {
        return desk.release(message.id, orderEventSchema.parse(message.body));
      }
      if (message.type === 'order.marker') {
        return desk.returnMarker(message.id, markerSchema.parse(message.body));
      }
      // Events of other types on the stream are not for this service.
      return 'processed';
    },
  });
}

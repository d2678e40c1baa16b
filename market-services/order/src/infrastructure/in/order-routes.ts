import { HttpProblem } from '@sprout/process';
import { Router } from 'express';
import type { Orders } from '../../application/orders.ts';
import {
  OrderForbidden,
  OrderKeyReused,
  OrderNotFound,
  OrderNotSettled,
} from '../../domain/order.ts';
import { callerOf } from './order-caller.ts';
import {
  newOrderSchema,
  orderChangeSchema,
  orderIdSchema,
  orderQuerySchema,
  placeHeadersSchema,
} from './order-schemas.ts';

/** The HTTP door of the order service; `placed` counts what came of each attempt to order. */
export function orderRoutes(
  orders: Orders,
  placed: (outcome: 'accepted' | 'invalid') => void,
): Router {
  const router = Router();
  router.get('/orders', async (request, response) => {
    const { state, before, ...page } = orderQuerySchema.parse(request.query);
    const caller = callerOf(request);
    response.json(
      state === undefined || before === undefined
        ? await orders.list(caller, page)
        : await orders.listInState(caller, state, new Date(before), page),
    );
  });
  router.post('/orders', async (request, response) => {
    const wish = newOrderSchema.safeParse(request.body);
    if (!wish.success) {
      placed('invalid');
      throw wish.error;
    }
    const { 'Idempotency-Key': key } = placeHeadersSchema.parse({
      'Idempotency-Key': request.get('idempotency-key'),
    });
    const { order, isNew } = await orders.place(callerOf(request), wish.data, key);
    if (isNew) placed('accepted');
    response.status(201).location(`/orders/${order.id}`).json(order);
  });
  router.get('/orders/:id', async (request, response) => {
    const { id } = orderIdSchema.parse(request.params);
    response.json(await orders.get(callerOf(request), id));
  });
  router.patch('/orders/:id', async (request, response) => {
    const { id } = orderIdSchema.parse(request.params);
    const { orderState } = orderChangeSchema.parse(request.body);
    response.json(await orders.move(callerOf(request), id, orderState));
  });
  router.delete('/orders/:id', async (request, response) => {
    await orders.remove(orderIdSchema.parse(request.params).id);
    response.status(204).end();
  });
  return router;
}

/** The problem that an error of the domain stands for. */
export function orderProblem(error: unknown): HttpProblem | undefined {
  if (error instanceof OrderNotFound) {
    return new HttpProblem(404, 'There is no such order', {
      type: '/errors/order/not-found',
      detail: error.message,
    });
  }
  if (error instanceof OrderForbidden) {
    return new HttpProblem(403, 'Your role does not allow this', {
      type: '/errors/order/forbidden',
      detail: error.message,
    });
  }
  if (error instanceof OrderNotSettled) {
    return new HttpProblem(409, 'The order is in another state', {
      type: '/errors/order/state',
      detail: error.message,
    });
  }
  if (error instanceof OrderKeyReused) {
    return new HttpProblem(422, 'The key belongs to another request', {
      type: '/errors/order/key-reused',
      detail: error.message,
    });
  }
  return undefined;
}

import { jsonContent, openApiDocument, problems } from '../../../../src/api/openapi.ts';
import {
  newOrderSchema,
  orderChangeSchema,
  orderIdSchema,
  orderPageSchema,
  orderQuerySchema,
  orderSchema,
  placeHeadersSchema,
} from './order-schemas.ts';

/** The OpenAPI document of the order service. */
export const orderOpenApi = openApiDocument('Order', {
  '/orders': {
    get: {
      operationId: 'listOrders',
      summary: 'All orders for sellers and operators; for a customer their own, by the session',
      requestParams: { query: orderQuerySchema },
      responses: {
        200: {
          description: 'A page of orders: newest first, with state and before oldest change first',
          ...jsonContent(orderPageSchema),
        },
        ...problems(400, 403),
      },
    },
    post: {
      operationId: 'placeOrder',
      summary: 'A customer orders for their own account, an operator for any',
      requestParams: { header: placeHeadersSchema },
      requestBody: jsonContent(newOrderSchema),
      responses: {
        201: {
          description:
            'The order, pending until the stock is checked; of a repeated request the one of the first time, as it stands',
          ...jsonContent(orderSchema),
        },
        ...problems(400, 403, 422),
      },
    },
  },
  '/orders/{id}': {
    get: {
      operationId: 'getOrder',
      summary: "To a customer another's order is not there: 404",
      requestParams: { path: orderIdSchema },
      responses: {
        200: { description: 'The order', ...jsonContent(orderSchema) },
        ...problems(400, 404),
      },
    },
    patch: {
      operationId: 'moveOrder',
      summary:
        'Sellers deliver a shipped order; customers call off their own, pending or shipped, and its stock is returned',
      requestParams: { path: orderIdSchema },
      requestBody: jsonContent(orderChangeSchema),
      responses: {
        200: { description: 'The order', ...jsonContent(orderSchema) },
        ...problems(400, 403, 404, 409),
      },
    },
    delete: {
      operationId: 'deleteOrder',
      summary: 'Deletes a canceled order',
      requestParams: { path: orderIdSchema },
      responses: { 204: { description: 'It is gone' }, ...problems(400, 404, 409) },
    },
  },
});

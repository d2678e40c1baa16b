import { jsonContent, openApiDocument, problems } from '../../../../src/api/openapi.ts';
import {
  newOrderSchema,
  orderChangeSchema,
  orderIdSchema,
  orderPageSchema,
  orderQuerySchema,
  orderSchema,
} from './order-schemas.ts';

/** The OpenAPI document of the order service. */
export const orderOpenApi = openApiDocument('Order', {
  '/orders': {
    get: {
      operationId: 'listOrders',
      requestParams: { query: orderQuerySchema },
      responses: {
        200: {
          description: 'A page of orders: newest first, with state and before oldest change first',
          ...jsonContent(orderPageSchema),
        },
        ...problems(400),
      },
    },
    post: {
      operationId: 'placeOrder',
      requestBody: jsonContent(newOrderSchema),
      responses: {
        201: {
          description: 'The order, pending until the stock is checked',
          ...jsonContent(orderSchema),
        },
        ...problems(400),
      },
    },
  },
  '/orders/{id}': {
    get: {
      operationId: 'getOrder',
      requestParams: { path: orderIdSchema },
      responses: {
        200: { description: 'The order', ...jsonContent(orderSchema) },
        ...problems(400, 404),
      },
    },
    patch: {
      operationId: 'moveOrder',
      summary:
        'A shipped order is delivered; a pending or shipped one is canceled and its stock returned',
      requestParams: { path: orderIdSchema },
      requestBody: jsonContent(orderChangeSchema),
      responses: {
        200: { description: 'The order', ...jsonContent(orderSchema) },
        ...problems(400, 404, 409),
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

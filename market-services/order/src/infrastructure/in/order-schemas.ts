import { z } from 'zod';
import { instantSchema, tsidSchema } from '../../../../src/api/fields.ts';
import { pageQuerySchema, pageSchema } from '../../../../src/api/paging.ts';
import { askableStates, orderStates } from '../../domain/order.ts';

const quantityMax = 1_000;

/** A list, or with both fields the orders that have been in a state since before a time. */
export const orderQuerySchema = pageQuerySchema
  .extend({ state: z.enum(orderStates).optional(), before: instantSchema.optional() })
  .refine(({ state, before }) => (state === undefined) === (before === undefined), {
    message: 'state and before go together',
    path: ['before'],
  });

export const orderIdSchema = z.object({ id: tsidSchema });

export const newOrderSchema = z
  .strictObject({
    accountId: z.uuid().meta({ example: '0193a5b0-7c00-7000-8000-000000000001' }),
    productId: tsidSchema,
    quantity: z.int().min(1).max(quantityMax),
  })
  .meta({ id: 'NewOrder' });

/**
 * A string in quotes, as
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ has it; without
 * quotes it is taken as well.
 */
export const placeHeadersSchema = z.object({
  'Idempotency-Key': z
    .string()
    .min(1)
    .max(256)
    .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII')
    .transform((key) => key.replace(/^"(.*)"$/, '$1'))
    .optional()
    .meta({
      description:
        'A name of the request, unique to its caller: repeated with the same body, it is answered with the order of the first time, and nothing is ordered. Known for as long as the order is there.',
      example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
    }),
});

export const orderChangeSchema = z
  .strictObject({ orderState: z.enum(askableStates) })
  .meta({ id: 'OrderChange' });

export const orderSchema = z
  .object({
    id: z.string(),
    accountId: z.uuid(),
    productId: z.string(),
    price: z.int().meta({ description: 'Won for all pieces; 0 while pending' }),
    quantity: z.int(),
    orderDate: instantSchema,
    orderState: z.enum(orderStates),
  })
  .meta({ id: 'Order' });

export const orderPageSchema = pageSchema(orderSchema, 'OrderPage');

import { z } from 'zod';
import {
  atLeastOneField,
  instantSchema,
  lineSchema,
  textSchema,
  tsidSchema,
} from '../../../../src/api/fields.ts';
import { pageSchema } from '../../../../src/api/paging.ts';

/** Won; times the largest quantity of an order it stays far below 2^53. */
const priceMax = 1_000_000_000_000;
const stockMax = 2_147_483_647;

const details = {
  name: lineSchema(255).meta({ example: 'Tteokbokki' }),
  description: textSchema(4_000),
  image: z.url({ protocol: /^https?$/ }).max(1_024),
  price: z.int().min(0).max(priceMax).meta({ description: 'Won' }),
  stock: z.int().min(0).max(stockMax),
};

export const productIdSchema = z.object({ id: tsidSchema });

export const newProductSchema = z.strictObject(details).meta({ id: 'NewProduct' });

export const productChangeSchema = z
  .strictObject(details)
  .partial()
  .refine(atLeastOneField, 'must change something')
  .meta({ id: 'ProductChange' });

export const productSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    image: z.string(),
    price: z.int(),
    stock: z.int(),
    createdDate: instantSchema,
    modifiedDate: instantSchema,
  })
  .meta({ id: 'Product' });

export const productPageSchema = pageSchema(productSchema, 'ProductPage');

import { HttpProblem } from '@sprout/process';
import { Router } from 'express';
import { defined } from '../../../../src/api/fields.ts';
import { pageQuerySchema } from '../../../../src/api/paging.ts';
import type { Products } from '../../application/products.ts';
import { ProductNotFound } from '../../domain/product.ts';
import { newProductSchema, productChangeSchema, productIdSchema } from './product-schemas.ts';

/** The HTTP door of the product service. */
export function productRoutes(products: Products): Router {
  const router = Router();
  router.get('/products', async (request, response) => {
    response.json(await products.list(pageQuerySchema.parse(request.query)));
  });
  router.post('/products', async (request, response) => {
    const product = await products.create(newProductSchema.parse(request.body));
    response.status(201).location(`/products/${product.id}`).json(product);
  });
  router.get('/products/:id', async (request, response) => {
    response.json(await products.get(productIdSchema.parse(request.params).id));
  });
  router.patch('/products/:id', async (request, response) => {
    const { id } = productIdSchema.parse(request.params);
    const change = defined(productChangeSchema.parse(request.body));
    response.json(await products.change(id, change));
  });
  router.delete('/products/:id', async (request, response) => {
    await products.remove(productIdSchema.parse(request.params).id);
    response.status(204).end();
  });
  return router;
}

/** The problem that an error of the domain stands for. */
export function productProblem(error: unknown): HttpProblem | undefined {
  if (!(error instanceof ProductNotFound)) return undefined;
  return new HttpProblem(404, 'There is no such product', {
    type: '/errors/product/not-found',
    detail: error.message,
  });
}

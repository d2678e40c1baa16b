import { jsonContent, openApiDocument, problems } from '../../../../src/api/openapi.ts';
import { pageQuerySchema } from '../../../../src/api/paging.ts';
import {
  newProductSchema,
  productChangeSchema,
  productIdSchema,
  productPageSchema,
  productSchema,
} from './product-schemas.ts';

/** The OpenAPI document of the product service. */
export const productOpenApi = openApiDocument('Product', {
  '/products': {
    get: {
      operationId: 'listProducts',
      requestParams: { query: pageQuerySchema },
      responses: {
        200: { description: 'A page of products', ...jsonContent(productPageSchema) },
        ...problems(400),
      },
    },
    post: {
      operationId: 'createProduct',
      requestBody: jsonContent(newProductSchema),
      responses: {
        201: { description: 'The product', ...jsonContent(productSchema) },
        ...problems(400),
      },
    },
  },
  '/products/{id}': {
    get: {
      operationId: 'getProduct',
      requestParams: { path: productIdSchema },
      responses: {
        200: { description: 'The product', ...jsonContent(productSchema) },
        ...problems(400, 404),
      },
    },
    patch: {
      operationId: 'changeProduct',
      requestParams: { path: productIdSchema },
      requestBody: jsonContent(productChangeSchema),
      responses: {
        200: { description: 'The product', ...jsonContent(productSchema) },
        ...problems(400, 404),
      },
    },
    delete: {
      operationId: 'deleteProduct',
      requestParams: { path: productIdSchema },
      responses: { 204: { description: 'It is gone' }, ...problems(400, 404) },
    },
  },
});

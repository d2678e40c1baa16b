import { join } from 'node:path';
import { accountOpenApi } from '../account/src/infrastructure/in/account-openapi.ts';
import { discoveryOpenApi } from '../discovery/src/discovery-openapi.ts';
import { orderOpenApi } from '../order/src/infrastructure/in/order-openapi.ts';
import { productOpenApi } from '../product/src/infrastructure/in/product-openapi.ts';

/** The OpenAPI documents that are checked in, with what they should hold. */
export const openApiFiles = Object.entries({
  account: accountOpenApi,
  discovery: discoveryOpenApi,
  order: orderOpenApi,
  product: productOpenApi,
}).map(([service, document]) => ({
  path: join(import.meta.dirname, '..', service, 'openapi.json'),
  text: `${JSON.stringify(document, null, 2)}\n`,
}));

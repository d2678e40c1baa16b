import { join } from 'node:path';
import { apiSite } from './api/api-site.ts';
import { accountOpenApi } from '../account/src/infrastructure/in/account-openapi.ts';
import { batchOrderOpenApi } from '../batch-order/src/batch-order-openapi.ts';
import { discoveryOpenApi } from '../discovery/src/discovery-openapi.ts';
import { gatewayOpenApi } from '../gateway/src/gateway-openapi.ts';
import { identityOpenApi } from '../identity/src/identity-openapi.ts';
import { orderOpenApi } from '../order/src/infrastructure/in/order-openapi.ts';
import { productOpenApi } from '../product/src/infrastructure/in/product-openapi.ts';

const documents = {
  account: accountOpenApi,
  'batch-order': batchOrderOpenApi,
  discovery: discoveryOpenApi,
  gateway: gatewayOpenApi,
  identity: identityOpenApi,
  order: orderOpenApi,
  product: productOpenApi,
};

/** The OpenAPI documents that are checked in, with what they should hold. */
export const openApiFiles = Object.entries(documents).map(([service, document]) => ({
  service,
  path: join(import.meta.dirname, '..', service, 'openapi.json'),
  text: `${JSON.stringify(document, null, 2)}\n`,
}));

const inDocs = (name: string) => join(import.meta.dirname, '..', '..', 'docs', 'api', name);

/** The same documents under docs/api, and as pages to browse. */
export const apiSiteFiles = [
  ...openApiFiles.map(({ service, text }) => ({ path: inDocs(`${service}.json`), text })),
  ...[...apiSite(documents)].map(([name, text]) => ({ path: inDocs(name), text })),
];

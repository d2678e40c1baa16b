import { jsonContent, openApiDocument, problems } from '../../../../src/api/openapi.ts';
import { pageQuerySchema } from '../../../../src/api/paging.ts';
import {
  accountChangeSchema,
  accountIdSchema,
  accountPageSchema,
  accountSchema,
  newAccountSchema,
} from './account-schemas.ts';

/** The OpenAPI document of the account service. */
export const accountOpenApi = openApiDocument('Account', {
  '/accounts': {
    get: {
      operationId: 'listAccounts',
      requestParams: { query: pageQuerySchema },
      responses: {
        200: { description: 'A page of accounts', ...jsonContent(accountPageSchema) },
        ...problems(400),
      },
    },
    post: {
      operationId: 'createAccount',
      requestBody: jsonContent(newAccountSchema),
      responses: {
        201: { description: 'The account', ...jsonContent(accountSchema) },
        ...problems(400, 409),
      },
    },
  },
  '/accounts/{id}': {
    get: {
      operationId: 'getAccount',
      requestParams: { path: accountIdSchema },
      responses: {
        200: { description: 'The account', ...jsonContent(accountSchema) },
        ...problems(400, 404),
      },
    },
    patch: {
      operationId: 'changeAccount',
      requestParams: { path: accountIdSchema },
      requestBody: jsonContent(accountChangeSchema),
      responses: {
        200: { description: 'The account', ...jsonContent(accountSchema) },
        ...problems(400, 404, 409),
      },
    },
    delete: {
      operationId: 'deleteAccount',
      requestParams: { path: accountIdSchema },
      responses: { 204: { description: 'It is gone' }, ...problems(400, 404) },
    },
  },
});

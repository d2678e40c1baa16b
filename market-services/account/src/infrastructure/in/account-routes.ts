import { HttpProblem } from '@sprout/process';
import { Router } from 'express';
import { defined } from '../../../../src/api/fields.ts';
import { pageQuerySchema } from '../../../../src/api/paging.ts';
import type { Accounts } from '../../application/accounts.ts';
import { AccountNotFound, EmailTaken } from '../../domain/account.ts';
import { accountChangeSchema, accountIdSchema, newAccountSchema } from './account-schemas.ts';

/** The HTTP door of the account service. */
export function accountRoutes(accounts: Accounts): Router {
  const router = Router();
  router.get('/accounts', async (request, response) => {
    response.json(await accounts.list(pageQuerySchema.parse(request.query)));
  });
  router.post('/accounts', async (request, response) => {
    const account = await accounts.create(newAccountSchema.parse(request.body));
    response.status(201).location(`/accounts/${account.id}`).json(account);
  });
  router.get('/accounts/:id', async (request, response) => {
    response.json(await accounts.get(accountIdSchema.parse(request.params).id));
  });
  router.patch('/accounts/:id', async (request, response) => {
    const { id } = accountIdSchema.parse(request.params);
    response.json(await accounts.change(id, defined(accountChangeSchema.parse(request.body))));
  });
  router.delete('/accounts/:id', async (request, response) => {
    await accounts.remove(accountIdSchema.parse(request.params).id);
    response.status(204).end();
  });
  return router;
}

/** The problem that an error of the domain stands for. */
export function accountProblem(error: unknown): HttpProblem | undefined {
  if (error instanceof AccountNotFound) {
    return new HttpProblem(404, 'There is no such account', {
      type: '/errors/account/not-found',
      detail: error.message,
    });
  }
  if (error instanceof EmailTaken) {
    return new HttpProblem(409, 'The email is taken', {
      type: '/errors/account/email-taken',
      detail: error.message,
      errors: [{ field: 'email', reason: 'is taken' }],
    });
  }
  return undefined;
}

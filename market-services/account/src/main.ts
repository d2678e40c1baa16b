import { randomInt } from 'node:crypto';
import { createPageCache, createTsidGenerator, uuidV7 } from '@sprout/data';
import { createApi } from '../../src/api/create-api.ts';
import { runService } from '../../src/run-service.ts';
import { createAccounts } from './application/accounts.ts';
import { accountOpenApi } from './infrastructure/in/account-openapi.ts';
import { accountProblem, accountRoutes } from './infrastructure/in/account-routes.ts';
import { accountMigrations, createAccountTable } from './infrastructure/out/account-table.ts';
import { seedAccounts } from './infrastructure/out/seed.ts';

await runService('account', ({ telemetry, pools, redis, attach }) => {
  const newVersion = createTsidGenerator({ now: Date.now, random: randomInt });
  const accounts = createAccounts({
    repository: createAccountTable(pools),
    pages: createPageCache(redis, { name: 'accounts', telemetry, newVersion }),
    newId: () => uuidV7(Date.now()),
    now: () => new Date(),
  });
  return {
    migrations: accountMigrations,
    app: createApi({
      document: accountOpenApi,
      routes: accountRoutes(accounts),
      attach,
      toProblem: accountProblem,
      onUnexpected: (error) => telemetry.logger.error('request failed', { error }),
    }),
    start: () => seedAccounts(pools.primary),
  };
});

import type { PageCache } from '@sprout/data';
import { pageWindow, toPage } from '../../../src/api/paging.ts';
import type { Page, PageQuery } from '../../../src/api/paging.ts';
import type { AccountRepository } from '../domain/account-repository.ts';
import { AccountNotFound } from '../domain/account.ts';
import type { Account, AccountDetails } from '../domain/account.ts';
import { toAccountView } from './account-view.ts';
import type { AccountView } from './account-view.ts';

/** What can be done with accounts. */
export interface Accounts {
  create(details: AccountDetails): Promise<AccountView>;
  get(id: string): Promise<AccountView>;
  list(query: PageQuery): Promise<Page<AccountView>>;
  change(id: string, details: Partial<AccountDetails>): Promise<AccountView>;
  remove(id: string): Promise<void>;
}

export interface AccountsParts {
  readonly repository: AccountRepository;
  readonly pages: PageCache;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** The use cases; errors are AccountNotFound and EmailTaken. */
export function createAccounts({ repository, pages, newId, now }: AccountsParts): Accounts {
  return {
    create: async (details) => {
      const at = now();
      const account: Account = { ...details, id: newId(), createdDate: at, modifiedDate: at };
      await repository.insert(account);
      await pages.invalidate();
      return toAccountView(account);
    },
    get: async (id) => toAccountView(found(id, await repository.find(id))),
    list: (query) =>
      pages.read(query, async () => {
        const accounts = await repository.list(...pageWindow(query));
        return toPage(accounts.map(toAccountView), query);
      }),
    change: async (id, details) => {
      const account = found(id, await repository.change(id, details, now()));
      await pages.invalidate();
      return toAccountView(account);
    },
    remove: async (id) => {
      if (!(await repository.remove(id))) throw new AccountNotFound(id);
      await pages.invalidate();
    },
  };
}

function found(id: string, account: Account | undefined): Account {
  if (account === undefined) throw new AccountNotFound(id);
  return account;
}

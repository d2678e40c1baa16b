import type { Account } from '../domain/account.ts';

/** An account as callers see it, in JSON. */
export type AccountView = Omit<Account, 'createdDate' | 'modifiedDate'> & {
  readonly createdDate: string;
  readonly modifiedDate: string;
};

export function toAccountView(account: Account): AccountView {
  return {
    ...account,
    createdDate: account.createdDate.toISOString(),
    modifiedDate: account.modifiedDate.toISOString(),
  };
}

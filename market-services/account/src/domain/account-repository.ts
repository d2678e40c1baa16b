import type { Account, AccountDetails } from './account.ts';

/** Where accounts are kept. */
export interface AccountRepository {
  /** Throws EmailTaken. */
  insert(account: Account): Promise<void>;
  /** May lag behind the last write. */
  find(id: string): Promise<Account | undefined>;
  /** In the order of their making. */
  list(limit: number, offset: number): Promise<Account[]>;
  /** Undefined when there is none; throws EmailTaken. */
  change(id: string, details: Partial<AccountDetails>, at: Date): Promise<Account | undefined>;
  /** Whether there was one. */
  remove(id: string): Promise<boolean>;
}

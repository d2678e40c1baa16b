/** A customer of the market. */
export interface Account {
  /** UUID of version 7. */
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdDate: Date;
  readonly modifiedDate: Date;
}

/** What a customer says of themselves. */
export type AccountDetails = Pick<Account, 'email' | 'name'>;

export class AccountNotFound extends Error {
  override readonly name = 'AccountNotFound';
  constructor(id: string) {
    super(`there is no account ${id}`);
  }
}

export class EmailTaken extends Error {
  override readonly name = 'EmailTaken';
  constructor(cause: unknown) {
    super('another account has this email', { cause });
  }
}

import { changeOf } from './ledger-change.ts';
import { openLedgerFile } from './ledger-file.ts';
import { openSqlite } from '../storage/sqlite.ts';
import type { Ledger } from './ledger.ts';

/**
 * A ledger in one SQLite file, held by one process. A commit is one transaction, so a killed
 * process finds minutes and checkpoint in agreement; final minutes are on disk when it resolves.
 */
export function openSqliteLedger(path: string, open: typeof openSqlite = openSqlite): Ledger {
  const file = openLedgerFile(path, 'final', open);
  return {
    ...file,
    commit: async (batch) => file.write(changeOf(batch, file.revision() + 1, file.day)),
    close: async () => file.close(),
  };
}

import assert from 'node:assert/strict';
import type { Journal } from '../journal.ts';
import { payload } from './oracle.ts';
import type { Oracle } from './oracle.ts';

const limit = { bytesMax: 256 * 1024, recordsMax: 200 };

/**
 * Checks the ledgers and that the worker's commits were kept, appends one more record and reads up to
 * it with the consumer `audit`, which reads nowhere else, so no record leaves before it was checked.
 */
export async function audit(
  journal: Journal,
  oracle: Oracle,
  after: { readonly workerCommitted: number; readonly freshId: number },
): Promise<void> {
  const { consumers } = journal.stats();
  for (const [name, ledger] of Object.entries(consumers)) {
    const { received, delivered, queued, dropped } = ledger;
    const accounted = Object.values(dropped).reduce(
      (sum, items) => sum + items,
      delivered + queued,
    );
    assert.equal(received, accounted, `the ledger of ${name} does not add up`);
  }
  const workerPosition = consumers['worker']?.position ?? 0;
  assert.ok(
    workerPosition >= after.workerCommitted,
    `commit ${after.workerCommitted} was forgotten`,
  );
  const end = await journal.append(payload(after.freshId, 100), 1);
  oracle.acknowledge(after.freshId, end);
  await observeUpTo(end, journal, oracle);
  oracle.endRound();
}

async function observeUpTo(end: number, journal: Journal, oracle: Oracle): Promise<void> {
  const reader = journal.reader('audit');
  let position = 0;
  while (position < end) {
    const records = await reader.read(limit);
    for (const record of records) oracle.observe(record);
    position = records.at(-1)?.position ?? end;
    await reader.commit(position, {
      delivered: records.reduce((sum, record) => sum + record.items, 0),
    });
  }
}

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { minuteState } from '../ledger/ledger.ts';
import { testConfig } from '../testing/test-config.ts';
import { startTestService } from '../testing/test-service.ts';
import { objectiveListSchema } from './schemas.ts';

/** Two days ago, in the middle of a day whose roll-up every window of a month reads. */
const minute = Math.floor(Date.now() / 60_000) - 2 * 1440;

it('one objective that cannot be read does not break the list', async () => {
  const test = testConfig({ telemetry: { prometheus: { url: 'http://127.0.0.1:9' } } });
  const path = join(test.config.dataDir, 'slo-service', 'ledger.sqlite');
  await writeLedger(path, ['shop-availability', 'shop-ghost']);
  breakRollUp(path, 'shop-ghost');
  const { url, stop } = await startTestService(test);
  try {
    const answer = await (await fetch(`${url}/api/v1/objectives`)).json();
    const { items } = objectiveListSchema.parse(answer);
    const find = (id: string) => items.find((item) => item.id === id);
    assert.equal(find('shop-availability')?.budget.valid, 100);
    assert.equal(find('shop-ghost')?.verdict, 'unknown');
    assert.match(find('shop-ghost')?.cause ?? '', /cannot be read/);
    const alone = await fetch(`${url}/api/v1/objectives/shop-ghost`);
    assert.equal(alone.status, 500);
    assert.match(await alone.text(), /"code":"INTERNAL"/);
  } finally {
    await stop();
  }
});

async function writeLedger(path: string, objectives: readonly string[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const ledger = openSqliteLedger(path);
  const entry = { minute, valid: 100, bad: 1, coverage: 1, state: minuteState.measured };
  const final = objectives.map((objective) => ({ objective, minutes: [entry] }));
  await ledger.commit({ final, provisional: [] });
  await ledger.close();
}

function breakRollUp(path: string, objective: string): void {
  const db = new DatabaseSync(path);
  const { changes } = db
    .prepare("UPDATE day_sum SET valid = 'broken' WHERE objective = ?")
    .run(objective);
  assert.equal(changes, 1);
  db.close();
}

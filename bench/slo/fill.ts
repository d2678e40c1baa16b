import { minuteState, openSqliteLedger } from '@sprout/slo-service/figures';
import { configOf, ledgerPath } from './world.ts';

// A process of its own, so that its memory is not in the way of what is measured:
// objectives, days, the minute after the last one, data directory.
const [objectives, days, end] = process.argv.slice(2, 5).map(Number);
const directory = process.argv[5];
if (objectives === undefined || days === undefined || end === undefined || !directory) {
  throw new Error('usage: fill.ts OBJECTIVES DAYS END DIRECTORY');
}
await fillLedger(ledgerPath(directory), end - days * 1440, end);

/** Minutes of about a hundred events, some of them bad. */
async function fillLedger(path: string, begin: number, stop: number): Promise<void> {
  const ledger = openSqliteLedger(path);
  const minutes = Array.from({ length: stop - begin }, (_, index) => ({
    minute: begin + index,
    valid: 100 + (index % 37),
    bad: index % 211 === 0 ? 40 : 0,
    coverage: 1,
    state: minuteState.measured,
  }));
  for (const { id, sli } of configOf(objectives ?? 0, '.').objectives) {
    if (sli.composite !== undefined) continue;
    await ledger.commit({ final: [{ objective: id, minutes }], provisional: [] });
  }
  await ledger.close();
}

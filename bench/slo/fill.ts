import { statSync } from 'node:fs';
import { minuteState, openSqliteLedger } from '@sprout/slo-service/figures';
import { ledgerPath, routeOf, sizeFrom } from './size.ts';

// Fills a ledger: objectives, days, the minute after the last one, data directory.
const { objectives, days, end, directory } = sizeFrom(process.argv);
const path = ledgerPath(directory);
const ledger = openSqliteLedger(path);
// Minutes of about a hundred events, some of them bad.
const minutes = Array.from({ length: days * 1440 }, (_, index) => ({
  minute: end - days * 1440 + index,
  valid: 100 + (index % 37),
  bad: index % 211 === 0 ? 40 : 0,
  coverage: 1,
  state: minuteState.measured,
}));
for (let index = 0; index < objectives; index++) {
  await ledger.commit({ final: [{ objective: routeOf(index), minutes }], provisional: [] });
}
await ledger.commit({ final: [{ objective: 'slice', minutes }], provisional: [] });
await ledger.close();
console.log(JSON.stringify(Math.round(statSync(path).size / 1e6)));

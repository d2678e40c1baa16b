import { join } from 'node:path';
import { loadConfig, timing } from '@sprout/process';
import { openAnnotationStore } from '../annotations/annotation-store.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { minuteClock } from '../status/minute-clock.ts';
import { fillLedger, simulatedDays } from './fill-ledger.ts';
import { openSimulationStore } from './simulation-store.ts';

// A program of its own: `./sprout up --with-history` runs it before the SLO service starts.
const config = loadConfig();
const directory = join(config.dataDir, 'slo-service');
const ledger = openSqliteLedger(join(directory, 'ledger.sqlite'));
const records = openSqliteRecords(join(directory, 'records.sqlite'));
const clock = minuteClock(timing(config.timeScale));
const stores = {
  ledger,
  simulation: await openSimulationStore(records),
  annotations: await openAnnotationStore(records),
};
const objectives = config.objectives.map(({ sli, ...own }) => ({ ...own, kind: sli.kind }));
const incidents = await fillLedger(stores, objectives, clock, Date.now());
await records.close();
await ledger.close();
process.stdout.write(
  incidents === undefined
    ? 'the ledger has measured already; no history is simulated beside it\n'
    : `${simulatedDays} days of simulated history with ${incidents.length} incidents, marked as simulated\n`,
);

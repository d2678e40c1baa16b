/** What the bench needs to meter, to fill a ledger and to read figures from it. */
export { minuteState } from './ledger/ledger.ts';
export { openSqliteLedger } from './ledger/sqlite-ledger.ts';
export { createMeter } from './meter/meter.ts';
export { planMeter } from './meter/plan.ts';
export { prometheusSource } from './meter/prometheus-source.ts';
export { meterRules } from './meter/rules.ts';
export { heapFlags } from './processes.ts';
export { minuteClock } from './status/minute-clock.ts';
export { readerOf } from './status/reader.ts';
export { ledgerWindow, readBudget } from './status/window.ts';
export { declaredInMinutes } from './versions/promise-history.ts';
export { ledgerView } from './view/ledger-view.ts';

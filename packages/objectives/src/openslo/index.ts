export { declarationsOf } from './declaration.ts';
export { exportOpenSlo } from './export.ts';
export type { OpenSloExport } from './export.ts';
export { importOpenSlo } from './import.ts';
export type { ObjectiveDraft, OpenSloImport } from './import.ts';
export type { NotImported, NotSaid } from './findings.ts';
export type { OpenSloProblem } from './documents.ts';
export { openSloCharsMax } from './documents.ts';

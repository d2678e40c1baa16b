export { runChecks } from './check.ts';
export type { Check, CheckText, DescribedCheck, Finding, Found } from './check.ts';
export { lintCommand } from './command.ts';
export type { Linted } from './command.ts';
export { pageOf, writePages } from './page.ts';
export { queryChecks } from './query/all.ts';
export type { LintedQuery, QuerySubject } from './query/query-check.ts';

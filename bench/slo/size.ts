import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export { routeOf } from '../shop/history.ts';

/** How much there is to read. */
export interface Size {
  readonly objectives: number;
  readonly days: number;
  /** The minute after the last one of the ledger. */
  readonly end: number;
  /** Data directory of a service. */
  readonly directory: string;
}

/** The size as a program of its own is told it. */
export function sizeFrom([, , ...args]: readonly string[]): Size {
  const [objectives = 0, days = 0, end = 0] = args.map(Number);
  const directory = args[3] ?? '';
  if (!(objectives > 0 && days > 0 && end > 0) || directory === '') {
    throw new Error('usage: OBJECTIVES DAYS END DIRECTORY');
  }
  return { objectives, days, end, directory };
}

/** Where the service of a data directory keeps its ledger. */
export function ledgerPath(dataDir: string): string {
  const path = join(dataDir, 'slo-service', 'ledger.sqlite');
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

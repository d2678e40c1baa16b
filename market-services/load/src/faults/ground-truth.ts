import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** When a fault began or ended; alerts are scored against these. */
export interface FaultEvent {
  readonly fault: string;
  readonly event: 'started' | 'stopped';
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Appends to a file of JSON lines. */
export function recordFault(path: string, event: FaultEvent): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify(event)}\n`);
}

export function readFaults(path: string): FaultEvent[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // No fault was ever injected here.
    return [];
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FaultEvent);
}

import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const eventSchema = z.object({
  fault: z.string(),
  /** `starting` is written before anything is done, so that a process killed then is undone too. */
  event: z.enum(['starting', 'started', 'stopped']),
  /** ISO 8601, UTC. */
  at: z.string(),
});

/** When a fault began or ended; alerts are scored against these. */
export type FaultEvent = Readonly<z.infer<typeof eventSchema>>;

/** Appends to a file of JSON lines. */
export function recordFault(path: string, event: FaultEvent): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify(event)}\n`);
}

/** The whole lines of such a file, in their order. */
export function readFaults(path: string): FaultEvent[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // No fault was ever injected here.
    return [];
  }
  return text.split('\n').flatMap((line) => eventIn(line) ?? []);
}

/** A process that is killed while it writes leaves a torn line. */
function eventIn(line: string): FaultEvent | undefined {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    // Not a whole event: nothing to go by.
    return undefined;
  }
}

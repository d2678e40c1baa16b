import { fileURLToPath } from 'node:url';
import { httpHealth } from '@sprout/process';
import type { ProcessSpec } from '@sprout/process';

/** A program of the market. */
export interface NodeProgram {
  readonly name: string;
  /** Its file. */
  readonly entry: URL;
  /** What has to be healthy before it starts. */
  readonly after: readonly string[];
  /** Secrets that it reads. */
  readonly secrets?: ProcessSpec['secrets'];
  /**
   * Half of what V8 gives to young objects, in MB. Left alone it takes 16, and pages for it; with
   * too little, what thousands of requests under way hold is taken for old, at twice the cost.
   */
  readonly youngMb?: number;
}

/** Makes the specification of a Node program that answers `/readyz`. */
export function nodeProcess({
  name,
  entry,
  after,
  secrets = [],
  youngMb = 2,
}: NodeProgram): ProcessSpec {
  const heap = [`--max-semi-space-size=${youngMb}`, '--max-old-space-size=128'];
  return {
    name,
    tools: [],
    after,
    secrets,
    command: () => ({
      file: process.execPath,
      args: [...heap, fileURLToPath(entry)],
      env: { MALLOC_ARENA_MAX: '2' },
    }),
    health: httpHealth('/readyz'),
  };
}

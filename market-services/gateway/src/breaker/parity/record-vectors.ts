import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDriver, resilience4jTraces } from './resilience4j.ts';
import { generateSequence } from './sequence.ts';
import { seededRandom } from '../../../../load/src/traffic/random.ts';

/** Writes vectors.txt anew from Resilience4j: `npm run record-vectors -w market-services`. */
const random = seededRandom(20_241_209);
const sequences = Array.from({ length: 400 }, () => generateSequence(random, 90));
const directory = mkdtempSync(join(tmpdir(), 'breaker-parity-'));
try {
  const traces = await resilience4jTraces(await buildDriver(directory), sequences);
  const lines = sequences.map((sequence, index) => `${sequence} = ${traces[index]}\n`);
  const head = '# Recorded from Resilience4j 2.2.0; see sequence.ts for the letters.\n';
  writeFileSync(join(import.meta.dirname, 'vectors.txt'), head + lines.join(''));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

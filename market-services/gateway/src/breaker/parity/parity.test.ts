import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { buildDriver, isInstalled, resilience4jTraces } from './resilience4j.ts';
import { generateSequence, traceOf } from './sequence.ts';
import { seededRandom } from '../../../../load/src/traffic/random.ts';

const sequencesCount = 10_000;

/** Recorded from Resilience4j: each sequence, then ` = ` and its trace. */
const vectors = readFileSync(join(import.meta.dirname, 'vectors.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' = ') as [string, string]);

test('our breaker does what Resilience4j was recorded to do, step by step', () => {
  assert.ok(vectors.length >= 300);
  for (const [sequence, trace] of vectors) assert.equal(traceOf(sequence), trace, sequence);
});

test('the recorded sequences reach every state, refusal and threshold', () => {
  const traces = vectors.map(([, trace]) => trace.split(' ')[0] ?? '').join(' ');
  for (const seen of ['C', 'c', 'o', 'H', 'h', 'hc', 'ho', 'oH']) assert.ok(traces.includes(seen));
});

test('ten thousand sequences lead Resilience4j itself to the same states', async (context) => {
  const classPath = await driverOrReason(context);
  if (classPath === undefined) return;
  const random = seededRandom(Date.now());
  const sequences = Array.from({ length: sequencesCount }, () => generateSequence(random, 120));
  const theirs = await resilience4jTraces(classPath, sequences);
  assert.equal(theirs.length, sequencesCount);
  sequences.forEach((sequence, index) => assert.equal(traceOf(sequence), theirs[index], sequence));
});

/** Skips, and says why, where Resilience4j cannot be had. */
async function driverOrReason(context: TestContext): Promise<string | undefined> {
  for (const program of ['java', 'mvn'] as const) {
    if (await isInstalled(program)) continue;
    context.skip(`${program} is not installed; the recorded vectors were replayed instead`);
    return undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), 'breaker-parity-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  try {
    return await buildDriver(directory);
  } catch (error) {
    const offline = /Could not (transfer|resolve)|Unknown host|offline/.test(String(error));
    if (!offline) throw error;
    context.skip('Maven cannot fetch Resilience4j; the recorded vectors were replayed instead');
    return undefined;
  }
}

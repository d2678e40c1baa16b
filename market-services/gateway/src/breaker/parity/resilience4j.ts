import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Sequence, Trace } from './sequence.ts';

const project = join(import.meta.dirname, '../../../parity');

/** Whether a program answers when asked for its version. */
export async function isInstalled(program: 'java' | 'mvn'): Promise<boolean> {
  try {
    await run(program, ['-version'], '');
    return true;
  } catch {
    // Not installed, or not able to run here: the caller says so.
    return false;
  }
}

/** Compiles the driver into a directory, with Resilience4j from Maven Central; its class path. */
export async function buildDriver(directory: string): Promise<string> {
  const listed = join(directory, 'classpath.txt');
  const settings = ['-q', '-B', '-f', join(project, 'pom.xml'), `-Dparity.build=${directory}`];
  const goals = ['compile', 'dependency:build-classpath', `-Dmdep.outputFile=${listed}`];
  await run('mvn', [...settings, ...goals], '');
  return `${join(directory, 'classes')}:${readFileSync(listed, 'utf8').trim()}`;
}

/** What Resilience4j makes of sequences, in their order. */
export async function resilience4jTraces(
  classPath: string,
  sequences: readonly Sequence[],
): Promise<Trace[]> {
  const input = sequences.map((sequence) => `${sequence}\n`).join('');
  const output = await run('java', ['-cp', classPath, 'market.BreakerParity'], input);
  return output.trim().split('\n');
}

/** Resolves to what a program prints; rejects with its complaints. */
async function run(program: string, words: readonly string[], input: string): Promise<string> {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => {
    // A program that ends before it has read everything says why on its other streams.
  });
  child.stdin.end(input);
  const [printed, complaints, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (code === 0) return printed;
  throw new Error(`${program} ended with ${code}: ${(complaints + printed).slice(0, 2_000)}`);
}

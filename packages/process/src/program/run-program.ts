import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SproutError } from '../error.ts';

/** Lines of a program's output that an error quotes. */
const quotedLines = 15;

export interface ProgramRun {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Code and hint of the error when it fails. */
  readonly code: string;
  readonly hint: string;
  /** Told each line of its output. */
  onLine(line: string): void;
}

/**
 * Runs a program to its end. It is asked to end when we are, and awaited, so that the caller can
 * put things back afterwards. Throws SproutError `run.code` with the end of its output.
 */
export async function runProgram(run: ProgramRun): Promise<void> {
  const child = spawn(run.file, run.args, {
    cwd: run.cwd,
    env: { ...process.env, ...run.env },
    // In a session of its own: Ctrl-C reaches it through us, once.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail: string[] = [];
  const hear = (line: string) => {
    if (line.trim() === '') return;
    tail.push(line);
    if (tail.length > quotedLines) tail.shift();
    run.onLine(line.trim());
  };
  createInterface({ input: child.stdout }).on('line', hear);
  createInterface({ input: child.stderr }).on('line', hear);
  const interrupt = () => void child.kill('SIGINT');
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const ended = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
  }).finally(() => process.off('SIGINT', interrupt).off('SIGTERM', interrupt));
  if (ended === 0) return;
  const command = [run.file, ...run.args].join(' ');
  const quoted = tail.map((line) => `  | ${line}`);
  throw new SproutError(run.code, [`${command} failed (${ended}):`, ...quoted].join('\n'), {
    hint: run.hint,
  });
}

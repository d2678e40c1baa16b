import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A child process that runs one TypeScript file. */
export interface Child {
  /** The first stdout line, for example an address. */
  readonly firstLine: Promise<string>;
  readonly stderr: () => string;
  kill(signal: NodeJS.Signals): void;
  /** Exit code and how long it took from now; kills the child after `timeoutMs`. */
  ended(timeoutMs: number): Promise<{ code: number | null; tookMs: number }>;
}

/** Starts `file` under this Node with some environment on top of our own. */
export function startChild(file: string, env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  const { promise: firstLine, resolve, reject } = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => void (stderr += chunk));
  child.once('close', () => reject(new Error(`it ended before its first line:\n${stderr}`)));
  firstLine.catch(() => 'only those who wait for the line care');
  return {
    firstLine,
    stderr: () => stderr,
    kill: (signal) => void child.kill(signal),
    ended: (timeoutMs) => endOf(child, timeoutMs),
  };
}

async function endOf(child: ChildProcess, timeoutMs: number) {
  const started = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  clearTimeout(timer);
  return { code: child.exitCode, tookMs: performance.now() - started };
}

import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SproutError } from '../error.ts';
import { logTail } from '../supervisor/log-file.ts';
import { eventSchema } from './progress.ts';
import type { Progress } from './progress.ts';

/** Set for the process in the background, which then reports to the one that started it. */
const detachedVariable = 'SPROUT_DETACHED';
const quotedLines = 15;

const reportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: eventSchema }),
  z.object({ kind: z.literal('up'), summary: z.array(z.string()), exitCode: z.number() }),
  z.object({
    kind: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
  }),
]);
export type Report = z.infer<typeof reportSchema>;

/** How the stack in the background came up. */
export type DetachedOutcome = Extract<Report, { kind: 'up' }>;

/**
 * Starts `up` in the background and waits until it is healthy or has failed.
 * Throws what it failed with, with the path of its log. Aborting stops it again.
 */
export async function startDetached(
  cliFile: string,
  line: readonly string[],
  dataDir: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<DetachedOutcome> {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const log = join(dataDir, 'logs', 'sprout.log');
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [...process.execArgv, cliFile, ...line], {
    detached: true,
    env: { ...process.env, [detachedVariable]: '1' },
    stdio: ['ignore', output, output, 'ipc'],
  });
  const stop = () => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  const last = await new Promise<Report | undefined>((resolve) => {
    child.on('message', (message) => {
      const report = reportSchema.parse(message);
      if (report.kind === 'event') progress.tell(report.event);
      else resolve(report);
    });
    child.once('exit', () => resolve(undefined));
  });
  signal.removeEventListener('abort', stop);
  child.unref();
  if (child.connected) child.disconnect();
  if (last?.kind === 'up') return last;
  throw failure(last?.kind === 'failed' ? last : undefined, log);
}

/** Reports to the process that started this one in the background; undefined in the foreground. */
export function reporterToParent(): ((report: Report) => void) | undefined {
  if (process.env[detachedVariable] === undefined || process.send === undefined) return undefined;
  // The parent may have been killed; coming up goes on without it.
  return (report) => void (process.connected && process.send?.(report, () => undefined));
}

function failure(
  report: Extract<Report, { kind: 'failed' }> | undefined,
  log: string,
): SproutError {
  if (report === undefined) {
    const tail = logTail(log, quotedLines).map((line) => `  | ${line}`);
    return new SproutError('UP_FAILED', ['sprout ended while starting', ...tail].join('\n'), {
      hint: `its log is ${log}`,
    });
  }
  const hint = [report.hint, `the log of sprout itself is ${log}`].filter(Boolean).join('; ');
  return new SproutError(report.code, report.message, { hint });
}

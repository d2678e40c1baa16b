import { join } from 'node:path';
import { SproutError } from '../error.ts';
import { runProgram } from '../program/run-program.ts';
import type { UnitResult } from './test-report.ts';

/** A part of `npm run check`, counted as one test. */
export interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

export const checks: readonly Check[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'types of the console', command: ['tsc', '--noEmit', '-p', 'slo-service/console'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check'] },
];

/** More than any person reads. */
const outputLinesMax = 200;

export async function runCheck(check: Check, root: string): Promise<UnitResult> {
  const [program, ...args] = check.command;
  const output: string[] = [];
  return await asUnit(
    check.name,
    async () => {
      await runProgram({
        file: join(root, 'node_modules', '.bin', program),
        args,
        cwd: root,
        code: 'CHECK_FAILED',
        hint: 'npm run check',
        onLine: (line) => void (output.length < outputLinesMax && output.push(line)),
      });
    },
    () => output.join('\n'),
  );
}

/** Something that passes or fails as one test; `explain` tells more than the error does. */
export async function asUnit(
  name: string,
  act: () => Promise<void>,
  explain?: () => string,
): Promise<UnitResult> {
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  try {
    await act();
    return { name, tally: { passed: 1, failed: 0, skipped: 0 }, failures: [], seconds: seconds() };
  } catch (error) {
    const output = explain?.() || errorText(error);
    return {
      name,
      tally: { passed: 0, failed: 1, skipped: 0 },
      failures: [{ title: name, output }],
      seconds: seconds(),
    };
  }
}

function errorText(error: unknown): string {
  if (!(error instanceof SproutError)) return String(error);
  return [`${error.code}: ${error.message}`, error.hint && `hint: ${error.hint}`]
    .filter(Boolean)
    .join('\n');
}

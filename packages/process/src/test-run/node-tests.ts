import { join, relative } from 'node:path';
import { run } from 'node:test';
import type { EventData } from 'node:test';
import { inspect } from 'node:util';
import { emptyTally } from './tally.ts';
import type { Tally } from './tally.ts';
import type { TestFailure, UnitResult } from './test-report.ts';

/** A file that takes longer has hung. */
const fileTimeoutMs = 10 * 60_000;
/** Output of a file that is kept in case one of its tests fails. */
const outputCharactersMax = 16_000;

/** What is known of a file while it runs. */
interface RunningFile {
  tally: Tally;
  failures: TestFailure[];
  output: string;
  /** When its first and its last test ended. */
  readonly firstMs: number;
  lastMs: number;
}

/** Runs test files in processes of their own, and tells each result when the file has ended. */
export async function runNodeTests(
  root: string,
  files: readonly string[],
  options: { readonly concurrency: number; readonly signal?: AbortSignal },
  tell: (result: UnitResult) => void,
): Promise<void> {
  if (files.length === 0) return;
  const running = new Map<string, RunningFile>();
  const of = (path: string): RunningFile => {
    const known = running.get(path);
    if (known !== undefined) return known;
    const now = Date.now();
    const begun = { tally: emptyTally, failures: [], output: '', firstMs: now, lastMs: now };
    running.set(path, begun);
    return begun;
  };
  const finish = (path: string, durationMs: number) => {
    const file = running.get(path);
    if (file === undefined || options.signal?.aborted) return;
    running.delete(path);
    tell(resultOf(relative(root, path), file, durationMs / 1000));
  };

  const stream = run({
    files: files.map((file) => join(root, file)),
    ...options,
    timeout: fileTimeoutMs,
    cwd: root,
  });
  stream.on('test:pass', (data) => void (data.file && count(of(data.file), data, 'passed')));
  stream.on('test:fail', (data) => void (data.file && fail(of(data.file), data)));
  stream.on('test:stdout', ({ file, message }) => keep(of(file), message));
  stream.on('test:stderr', ({ file, message }) => keep(of(file), message));
  stream.on('test:summary', ({ file, duration_ms }) => void (file && finish(file, duration_ms)));
  stream.resume();
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('end', resolve);
  });
  if (options.signal?.aborted) return;
  // A file that others import for its tests, or that the time limit ended, has no summary.
  for (const [path, { firstMs, lastMs }] of running) finish(path, lastMs - firstMs);
}

type Ended = EventData.TestPass | EventData.TestFail;

function count(file: RunningFile, data: Ended, outcome: 'passed' | 'failed'): void {
  file.lastMs = Date.now();
  if (data.details.type === 'suite') return;
  const skipped = data.skip !== undefined || data.todo !== undefined;
  const key = skipped ? 'skipped' : outcome;
  file.tally = { ...file.tally, [key]: file.tally[key] + 1 };
}

function fail(file: RunningFile, data: EventData.TestFail): void {
  count(file, data, 'failed');
  if (data.skip !== undefined || data.todo !== undefined) return;
  // One that failed only because of what is inside it has nothing to add.
  const { cause } = data.details.error;
  if (/subtests? failed/.test(String(cause))) return;
  const place = data.line === undefined ? '' : `:${data.line}`;
  file.failures.push({ title: `${data.name} (${data.file}${place})`, output: causeText(cause) });
}

function keep(file: RunningFile, message: string): void {
  file.output = (file.output + message).slice(-outputCharactersMax);
}

function resultOf(name: string, file: RunningFile, seconds: number): UnitResult {
  const [first, ...others] = file.failures;
  const printed = file.output.trim() === '' ? '' : `\nwhat the file printed:\n${file.output}`;
  const failures =
    first === undefined ? [] : [...others, { ...first, output: first.output + printed }];
  // A suite is not counted, but one whose hook failed without a test in it must not pass.
  const tally = { ...file.tally, failed: Math.max(file.tally.failed, failures.length) };
  return { name, tally, failures, seconds };
}

function causeText(cause: unknown): string {
  return cause instanceof Error ? inspect(cause, { colors: false }) : String(cause);
}

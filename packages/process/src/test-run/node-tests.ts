import { join } from 'node:path';
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
/** Imported first by a file that has to leave the processor to others. */
const lowPriority = join(import.meta.dirname, 'low-priority.ts');

/** How a test file is run. */
export interface NodeTestOptions {
  /** Whatever else wants the processor goes first. */
  readonly lowPriority?: boolean;
  /** Aborting it ends the file; its result means nothing then. */
  readonly signal?: AbortSignal;
}

/** What is known of a file while it runs. */
interface Seen {
  tally: Tally;
  failures: TestFailure[];
  output: string;
}

/** Runs one test file, relative to `root`, in a process of its own. */
export async function runNodeTests(
  root: string,
  file: string,
  options: NodeTestOptions = {},
): Promise<UnitResult> {
  const begunMs = Date.now();
  const seen: Seen = { tally: emptyTally, failures: [], output: '' };
  const stream = run({
    files: [join(root, file)],
    timeout: fileTimeoutMs,
    cwd: root,
    execArgv: options.lowPriority === true ? ['--import', lowPriority] : [],
    ...(options.signal && { signal: options.signal }),
  });
  // What has no file is a summary of Node's own.
  stream.on('test:pass', (data) => void (data.file && count(seen, data, 'passed')));
  stream.on('test:fail', (data) => void (data.file && fail(seen, data)));
  stream.on('test:stdout', ({ message }) => keep(seen, message));
  stream.on('test:stderr', ({ message }) => keep(seen, message));
  stream.resume();
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('end', resolve);
  });
  return resultOf(file, seen, (Date.now() - begunMs) / 1000);
}

type Ended = EventData.TestPass | EventData.TestFail;

function count(seen: Seen, data: Ended, outcome: 'passed' | 'failed'): void {
  if (data.details.type === 'suite') return;
  const skipped = data.skip !== undefined || data.todo !== undefined;
  const key = skipped ? 'skipped' : outcome;
  seen.tally = { ...seen.tally, [key]: seen.tally[key] + 1 };
}

function fail(seen: Seen, data: EventData.TestFail): void {
  count(seen, data, 'failed');
  if (data.skip !== undefined || data.todo !== undefined) return;
  // One that failed only because of what is inside it has nothing to add.
  const { cause } = data.details.error;
  if (/subtests? failed/.test(String(cause))) return;
  const place = data.line === undefined ? '' : `:${data.line}`;
  seen.failures.push({ title: `${data.name} (${data.file}${place})`, output: causeText(cause) });
}

function keep(seen: Seen, message: string): void {
  seen.output = (seen.output + message).slice(-outputCharactersMax);
}

function resultOf(name: string, seen: Seen, seconds: number): UnitResult {
  const [first, ...others] = seen.failures;
  const printed = seen.output.trim() === '' ? '' : `\nwhat the file printed:\n${seen.output}`;
  const failures =
    first === undefined ? [] : [...others, { ...first, output: first.output + printed }];
  // A suite is not counted, but one whose hook failed without a test in it must not pass.
  const tally = { ...seen.tally, failed: Math.max(seen.tally.failed, failures.length) };
  return { name, tally, failures, seconds };
}

function causeText(cause: unknown): string {
  return cause instanceof Error ? inspect(cause, { colors: false }) : String(cause);
}

import { styleText } from 'node:util';
import { addTallies } from './tally.ts';
import type { Tally } from './tally.ts';

/** One test that failed, with what helps to see why. */
export interface TestFailure {
  readonly title: string;
  readonly output: string;
}

/** What became of one file or check. */
export interface UnitResult {
  readonly name: string;
  readonly tally: Tally;
  readonly failures: readonly TestFailure[];
  readonly seconds: number;
}

/** Collects results and tells them as they come: a line each, and the failures in full. */
export interface TestReport {
  add(result: UnitResult): void;
  total(): Tally;
  failures(): readonly TestFailure[];
}

/** `count` is how many units there are to come, for the progress in front of each line. */
export function testReport(count: number, say: (line: string) => void): TestReport {
  const results: UnitResult[] = [];
  return {
    add: (result) => {
      results.push(result);
      say(`${progress(results.length, count)} ${resultLine(result)}`);
    },
    total: () => addTallies(results.map(({ tally }) => tally)),
    failures: () => results.flatMap(({ failures }) => failures),
  };
}

/** A failed test in full. */
export function failureLines({ title, output }: TestFailure): string[] {
  const heading = styleText('red', `FAILED ${title}`, { stream: process.stdout });
  return [
    heading,
    ...output
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '',
  ];
}

function progress(done: number, count: number): string {
  return `[${String(done).padStart(String(count).length)}/${Math.max(done, count)}]`;
}

function resultLine({ name, tally, seconds }: UnitResult): string {
  const { passed, failed, skipped } = tally;
  const mark = failed > 0 ? styleText('red', 'FAIL', { stream: process.stderr }) : 'ok  ';
  const notes = [
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ].filter((note) => note !== '');
  return [mark, name, `${passed + failed + skipped}`, ...notes, `${seconds.toFixed(1)} s`].join(
    '  ',
  );
}

import { globSync } from 'node:fs';
import { longFiles, waitingFiles } from './long-files.ts';

/** The test files of a run; paths are relative to the project's folder. */
export interface TestFiles {
  /** Run by Node, the longest first; a processor has enough to do with one of them. */
  readonly files: readonly string[];
  /** Those that mostly wait, so that a processor has time for another. */
  readonly waiting: readonly string[];
  /** Run one at a time: two whole stacks with compressed time would starve each other. */
  readonly wholeStack: readonly string[];
  /** Whether Vitest has something to run. */
  readonly console: boolean;
}

/** What Vitest runs: it needs a DOM. */
const consoleSource = 'slo-service/console/src/';

/** Those whose path contains one of the patterns; all without patterns. */
export function findTestFiles(root: string, patterns: readonly string[]): TestFiles {
  const wanted = globSync('**/*.test.{ts,tsx}', { cwd: root, exclude: isForeign })
    .toSorted()
    .filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)));
  const ours = wanted.filter((path) => !path.startsWith(consoleSource));
  const wholeStack = ours.filter((path) => path.startsWith('test/'));
  const waiting = waitingFiles.filter((path) => ours.includes(path));
  const long = longFiles.filter((path) => ours.includes(path));
  const named = new Set([...wholeStack, ...waiting, ...long]);
  return {
    files: [...long, ...ours.filter((path) => !named.has(path))],
    waiting,
    wholeStack,
    console: wanted.some((path) => path.startsWith(consoleSource)),
  };
}

function isForeign(path: string): boolean {
  return /(^|\/)(node_modules|\.sprout|\.git|dist)$/.test(path);
}

import { globSync } from 'node:fs';

/** The test files of a run; paths are relative to the project's folder. */
export interface TestFiles {
  /** Run by Node, two at a time, or one beside a whole stack. */
  readonly files: readonly string[];
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
  return {
    files: ours.filter((path) => !path.startsWith('test/')),
    wholeStack: ours.filter((path) => path.startsWith('test/')),
    console: wanted.some((path) => path.startsWith(consoleSource)),
  };
}

function isForeign(path: string): boolean {
  return /(^|\/)(node_modules|\.sprout|\.git|dist)$/.test(path);
}

import { globSync } from 'node:fs';
import { waitingFiles } from './waiting-files.ts';

/** The test files of a run; paths are relative to the project's folder. */
export interface TestFiles {
  /** Run first, one at a time and with nothing beside them: they take both cores and watch the time. */
  readonly alone: readonly string[];
  /** Run one at a time: two whole stacks with compressed time would starve each other. */
  readonly wholeStack: readonly string[];
  /** Run one at a time, and not beside a whole stack: a browser gives itself precedence. */
  readonly browser: readonly string[];
  /** Those that mostly wait. */
  readonly waiting: readonly string[];
  /** All others that Node runs. */
  readonly files: readonly string[];
  /** Whether Vitest has something to run. */
  readonly console: boolean;
}

/** An hour of history in three minutes, and answers that must come in time while Redis is killed. */
export const aloneFiles: readonly string[] = [
  'test/fault-story.test.ts',
  'market-services/test/without-redis.test.ts',
];

/** What Vitest runs: it needs a DOM. */
const consoleSource = 'slo-service/console/src/';
const browserTests = 'slo-service/console/test/';

/** Those whose path contains one of the patterns; all without patterns. */
export function findTestFiles(root: string, patterns: readonly string[]): TestFiles {
  const wanted = globSync('**/*.test.{ts,tsx}', { cwd: root, exclude: isForeign })
    .toSorted()
    .filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)));
  const ours = wanted.filter((path) => !path.startsWith(consoleSource));
  const alone = aloneFiles.filter((path) => ours.includes(path));
  const wholeStack = ours.filter((path) => path.startsWith('test/') && !alone.includes(path));
  const browser = ours.filter((path) => path.startsWith(browserTests));
  const waiting = waitingFiles.filter((path) => ours.includes(path));
  const apart = new Set([...alone, ...wholeStack, ...browser, ...waiting]);
  return {
    alone,
    wholeStack,
    browser,
    waiting,
    files: ours.filter((path) => !apart.has(path)),
    console: wanted.some((path) => path.startsWith(consoleSource)),
  };
}

/** How many of them Node runs. */
export const countOf = ({ alone, wholeStack, browser, waiting, files }: TestFiles): number =>
  alone.length + wholeStack.length + browser.length + waiting.length + files.length;

function isForeign(path: string): boolean {
  return /(^|\/)(node_modules|\.sprout|\.git|dist)$/.test(path);
}

import { join } from 'node:path';
import { buildConfig } from '../config-build/build-config.ts';
import { SproutError } from '../error.ts';
import type { Tool } from '../process-spec.ts';
import { installTools } from '../tools/install-tools.ts';
import { toolPackages } from '../tools/tool-packages.ts';
import { buildConsole } from '../up/build-console.ts';
import { asUnit, checks, runCheck } from './checks.ts';
import { runConsoleTests } from './console-tests.ts';
import { runNodeTests } from './node-tests.ts';
import { countOf } from './test-files.ts';
import type { TestFiles } from './test-files.ts';
import { testReport } from './test-report.ts';
import type { TestReport } from './test-report.ts';

export interface TestRun {
  readonly root: string;
  readonly files: TestFiles;
  /** Types, lint and format too. */
  readonly withChecks: boolean;
  /** Aborting it ends the run after what is under way has been ended. */
  readonly signal: AbortSignal;
  /** Told what happens, a line at a time. */
  say(line: string): void;
}

/** Puts in place what tests need, then runs the checks and the files. */
export async function runTests(options: TestRun): Promise<TestReport> {
  const { root, files, withChecks, signal, say } = options;
  const units = (withChecks ? checks.length : 0) + countOf(files) + (files.console ? 1 : 0);
  const report = testReport(units, say);
  await prepare(root, report, say);
  for (const check of withChecks ? checks : []) {
    refuseAfter(signal);
    report.add(await runCheck(check, root));
  }
  refuseAfter(signal);
  if (files.console) report.add(await runConsoleTests(root));
  refuseAfter(signal);
  await runTestFiles(root, files, signal, report);
  refuseAfter(signal);
  return report;
}

/**
 * After those that run alone two files at a time, as each may start databases of its own. Whole stacks come one after another
 * in the first lane, for their time is compressed: what begins beside them leaves them the processor.
 * After them come those with a browser, and beside both lanes one file that mostly waits.
 */
async function runTestFiles(
  root: string,
  files: TestFiles,
  signal: AbortSignal,
  report: TestReport,
): Promise<void> {
  let stacksAreOver = false;
  const runAll = async (left: string[], isStack = false) => {
    for (let file = left.shift(); file !== undefined && !signal.aborted; file = left.shift()) {
      const lowPriority = !isStack && !stacksAreOver;
      const result = await runNodeTests(root, file, { lowPriority, signal });
      if (!signal.aborted) report.add(result);
    }
  };
  const [browser, shared, waiting] = [[...files.browser], [...files.files], [...files.waiting]];
  const runRest = () => runAll(shared).then(() => runAll(waiting));
  await runAll([...files.alone], true);
  const stacksOver = runAll([...files.wholeStack], true).then(() => void (stacksAreOver = true));
  // Also when interrupted: a lane is over when its file has been ended.
  await Promise.all([
    stacksOver.then(() => runAll(browser)).then(runRest),
    runRest(),
    stacksOver.then(() => runAll(waiting)).then(runRest),
  ]);
}

/** An interrupted run has no result: what was not run neither passed nor failed. */
function refuseAfter(signal: AbortSignal): void {
  if (signal.aborted) throw new SproutError('INTERRUPTED', 'the test run was interrupted');
}

/** Each step that fails counts as a failed test; what can run without it still does. */
async function prepare(root: string, report: TestReport, say: (line: string) => void) {
  const steps = [
    await asUnit('tools', async () => {
      const { config } = await buildConfig(join(root, 'sprout.config.ts'));
      const tools = Object.keys(toolPackages) as Tool[];
      await installTools(tools, config, { announce: say, progress: () => undefined });
    }),
    await asUnit('console build', () => buildConsole(root, () => undefined)),
  ];
  for (const step of steps) if (step.tally.failed > 0) report.add(step);
}

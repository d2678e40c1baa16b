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
import type { TestFiles } from './test-files.ts';
import { testReport } from './test-report.ts';
import type { TestReport, UnitResult } from './test-report.ts';

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

/** What is counted in the progress: a check, a test file, the tests of the console. */
type Unit = () => Promise<UnitResult>;

/** Puts in place what tests need, then runs the checks and the files. */
export async function runTests(options: TestRun): Promise<TestReport> {
  const { root, files, withChecks, signal, say } = options;
  const runFile = (file: string) => () => runNodeTests(root, file, { lowPriority: true, signal });
  const lanes = {
    wholeStack: files.wholeStack.map((file) => () => runNodeTests(root, file, { signal })),
    shared: [
      ...(withChecks ? checks.map((check) => () => runCheck(check, root)) : []),
      ...(files.console ? [() => runConsoleTests(root)] : []),
      ...files.files.map(runFile),
    ],
    waiting: files.waiting.map(runFile),
  };
  const report = testReport(Object.values(lanes).flat().length, say);
  await prepare(root, report, say);
  refuseAfter(signal);
  await runLanes(lanes, signal, report);
  refuseAfter(signal);
  return report;
}

/**
 * Two units at a time, as each may start databases of its own, and beside them a file that mostly
 * waits. Whole stacks come one after another in the first lane, for their time is compressed: all
 * others leave them the processor.
 */
async function runLanes(
  { wholeStack, shared, waiting }: Readonly<Record<'wholeStack' | 'shared' | 'waiting', Unit[]>>,
  signal: AbortSignal,
  report: TestReport,
): Promise<void> {
  const runAll = async (left: Unit[]) => {
    for (let unit = left.shift(); unit !== undefined && !signal.aborted; unit = left.shift()) {
      const result = await unit();
      if (!signal.aborted) report.add(result);
    }
  };
  // Also when interrupted: a lane is over when its file has been ended.
  await Promise.all([
    runAll(wholeStack).then(() => runAll(shared)),
    runAll(shared),
    runAll(waiting),
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

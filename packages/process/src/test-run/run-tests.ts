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

/** Test files that run at the same time; each may start databases of its own. */
const filesAtOnce = 2;

/** Puts in place what tests need, then runs the checks and the files. */
export async function runTests(options: TestRun): Promise<TestReport> {
  const { root, files, withChecks, signal, say } = options;
  const units =
    (withChecks ? checks.length : 0) +
    files.files.length +
    files.wholeStack.length +
    (files.console ? 1 : 0);
  const report = testReport(units, say);
  await prepare(root, report, say);
  for (const check of withChecks ? checks : []) {
    refuseAfter(signal);
    report.add(await runCheck(check, root));
  }
  refuseAfter(signal);
  if (files.console) report.add(await runConsoleTests(root));
  refuseAfter(signal);
  await runNodeTests(root, files.files, { concurrency: filesAtOnce, signal }, report.add);
  refuseAfter(signal);
  await runNodeTests(root, files.wholeStack, { concurrency: 1, signal }, report.add);
  refuseAfter(signal);
  return report;
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

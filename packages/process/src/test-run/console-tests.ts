import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../program/run-program.ts';
import { asUnit } from './checks.ts';
import type { TestFailure, UnitResult } from './test-report.ts';

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
type VitestReport = z.infer<typeof reportSchema>;

const name = 'slo-service/console/src (Vitest)';

/** Runs the console's own tests; they need a DOM and the bundler, so Vitest does it. */
export async function runConsoleTests(root: string): Promise<UnitResult> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-vitest-'));
  const reportFile = join(directory, 'report.json');
  let report: VitestReport | undefined;
  const result = await asUnit(name, async () => {
    try {
      await runVitest(root, reportFile);
    } finally {
      report = readReport(reportFile);
      rmSync(directory, { recursive: true, force: true });
    }
  });
  if (report === undefined) return result;
  const outcome = outcomeOf(report);
  // Vitest fails without a failed test when it finds none, or when something outside them breaks.
  const failedElsewhere = result.tally.failed > 0 && outcome.tally.failed === 0;
  return failedElsewhere ? result : { ...result, ...outcome };
}

async function runVitest(root: string, reportFile: string): Promise<void> {
  const reporting = ['--reporter=json', `--outputFile=${reportFile}`];
  await runProgram({
    file: join(root, 'node_modules', '.bin', 'vitest'),
    args: ['run', '--root', 'slo-service/console', ...reporting],
    cwd: root,
    code: 'VITEST_FAILED',
    hint: 'npx vitest run --root slo-service/console',
    onLine: () => undefined,
  });
}

/** Undefined when Vitest ended before it could write one. */
function readReport(file: string): VitestReport | undefined {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The run has failed then, and says so with the end of its output.
    return undefined;
  }
}

function outcomeOf(report: VitestReport): Pick<UnitResult, 'tally' | 'failures'> {
  const failures = report.testResults.flatMap((file): TestFailure[] => [
    ...file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map((test) => ({
        title: `${test.fullName} (${file.name})`,
        output: (test.failureMessages ?? []).join('\n'),
      })),
    // A file that could not even be loaded has no tests that could fail.
    ...(file.status === 'failed' && file.assertionResults.length === 0
      ? [{ title: file.name, output: file.message ?? '' }]
      : []),
  ]);
  return {
    tally: {
      passed: report.numPassedTests,
      failed: failures.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    failures,
  };
}

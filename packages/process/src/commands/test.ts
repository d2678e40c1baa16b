import { join } from 'node:path';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../cli/failure.ts';
import { usageError } from '../cli/usage-error.ts';
import { projectRoot } from '../project-root.ts';
import { runTests } from '../test-run/run-tests.ts';
import { countOf, findTestFiles } from '../test-run/test-files.ts';
import { tallyLine } from '../test-run/tally.ts';
import { failureLines } from '../test-run/test-report.ts';
import { untilSignalled } from '../up/termination.ts';

export const testCommand: Command = {
  name: ['test'],
  summary: 'Check types, lint and format, and run every test; the last line counts them.',
  arguments: '[PATTERN…]',
  examples: [
    './sprout test                      # everything; installs what is missing first',
    './sprout test packages/journal     # only the files whose path contains this',
    './sprout test --json                # counts and failures for a program',
  ],
  run: test,
};

async function test(context: CommandContext): Promise<number> {
  const patterns = context.positionals;
  const files = findTestFiles(projectRoot, patterns);
  if (countOf(files) === 0 && !files.console) {
    throw usageError(`no test file matches ${patterns.join(' ')}`, 'a pattern is a part of a path');
  }
  // Tests bring configurations of their own, and start faster when compiled code is kept.
  delete process.env['SPROUT_CONFIG'];
  process.env['NODE_COMPILE_CACHE'] ??= join(projectRoot, '.sprout', 'cache', 'compile');
  const withChecks = patterns.length === 0;
  const say = (line: string) => context.warn(line);
  const { signal } = untilSignalled();
  const report = await runTests({ root: projectRoot, files, withChecks, signal, say });
  const total = report.total();
  if (context.values['json'] === true) {
    context.print(JSON.stringify({ ...total, failures: report.failures() }, null, 2));
  } else {
    for (const failure of report.failures()) failureLines(failure).forEach(context.print);
    context.print(tallyLine(total));
  }
  return total.failed > 0 ? exitCodes.failure : exitCodes.ok;
}

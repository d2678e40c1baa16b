import { join, relative } from 'node:path';
import { writeGeneratedFiles } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import { generatedFiles } from './generated/files.ts';
import { lint } from './lint/lint.ts';

/** Where the generated files are checked in. */
const generatedDirectory = join(import.meta.dirname, '../_generated');

/** `sprout alerts …`. */
export const alertsCommands: Command[] = [
  {
    name: ['alerts', 'build'],
    summary: 'Write rules, their unit tests and the routes to alerts/_generated',
    examples: ['sprout alerts build   # after a change of signals or objectives'],
    run: build,
  },
  {
    name: ['alerts', 'lint'],
    summary: 'Check rules, unit tests, runbooks and routes, with promtool and amtool',
    examples: ['sprout alerts lint    # exit code 3 when something is wrong'],
    run: report,
  },
];

async function build(context: CommandContext): Promise<number> {
  const files = generatedFiles(atRealTime(context));
  writeGeneratedFiles(files, generatedDirectory);
  for (const path of files.keys()) {
    context.print(relative(process.cwd(), join(generatedDirectory, path)));
  }
  return 0;
}

async function report(context: CommandContext): Promise<number> {
  const findings = await lint(atRealTime(context));
  for (const { where, message } of findings) context.print(`${where}: ${message}`);
  if (findings.length > 0) return 3;
  context.print('no findings');
  return 0;
}

/** Checked-in files must not depend on how fast somebody runs a stack. */
const atRealTime = (context: CommandContext) => ({ ...context.config(), timeScale: 1 });

import { join, relative, resolve } from 'node:path';
import { addGeneratedFiles, writeGeneratedFiles } from '@sprout/process';
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
    options: { out: { type: 'string' } },
    optionHelp: { out: 'another folder; what stands there besides stays' },
    examples: [
      './sprout alerts build   # after a change of signals or objectives',
      './sprout alerts build --config own.config.ts --out rules/   # for a Prometheus of yours',
    ],
    run: build,
  },
  {
    name: ['alerts', 'lint'],
    summary: 'Check rules, unit tests, runbooks and routes, with promtool and amtool',
    examples: ['./sprout alerts lint    # exit code 3 when something is wrong'],
    run: report,
  },
];

async function build(context: CommandContext): Promise<number> {
  const files = generatedFiles(atRealTime(context));
  const { out } = context.values;
  const directory = typeof out === 'string' ? resolve(out) : generatedDirectory;
  if (typeof out === 'string') addGeneratedFiles(files, directory);
  else writeGeneratedFiles(files, directory);
  for (const path of files.keys()) context.print(relative(process.cwd(), join(directory, path)));
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

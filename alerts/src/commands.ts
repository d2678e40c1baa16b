import { join, resolve } from 'node:path';
import { lintCommand } from '@sprout/lint';
import { SproutError, addGeneratedFiles, printFiles, writeGeneratedFiles } from '@sprout/process';
import type { Command, CommandContext, GeneratedFiles, SproutConfig } from '@sprout/process';
import { generatedFiles } from './generated/files.ts';
import { boardsOf } from './grafana/boards.ts';
import { alertingCommands } from './grafana/commands.ts';
import { provisioningFiles } from './grafana/provisioning-files.ts';
import { checkWithTools } from './lint/check-tools.ts';
import { alertChecks, lint } from './lint/lint.ts';
import { silenceCommands } from './silences/commands.ts';
import { preview } from './preview/preview.ts';

/** Where the generated files are checked in. */
const generatedDirectory = join(import.meta.dirname, '../_generated');

/** `sprout alerts …`. */
export const alertsCommands: Command[] = [
  {
    name: ['alerts', 'build'],
    summary: 'Write rules, their unit tests and the routes to alerts/_generated',
    options: { out: { type: 'string' }, format: { type: 'string' } },
    optionHelp: {
      out: 'another folder; what stands there besides stays',
      format:
        'prometheus (default), or provisioning: bodies for the API of any Grafana; needs --out',
    },
    examples: [
      './sprout alerts build   # after a change of signals or objectives',
      './sprout alerts build --config own.config.ts --out rules/   # for a Prometheus of yours',
      "./sprout alerts build --json | jq -r '.files[]'",
    ],
    run: build,
  },
  lintCommand({
    noun: 'alerts',
    summary: 'Check rules, unit tests, runbooks and routes, with promtool and amtool',
    checks: alertChecks,
    run: async (config) => [...lint(config), ...(await checkWithTools(config))],
  }),
  {
    name: ['alerts', 'preview'],
    summary: 'Show alerts as the people who get them read them',
    arguments: '[ALERT]',
    options: { json: { type: 'boolean' } },
    optionHelp: { json: 'print JSON instead of text' },
    examples: [
      './sprout alerts preview ErrorBudgetBurnFast   # one for each objective',
      "./sprout alerts preview --json | jq -r '.[].annotations.first_step'",
    ],
    run: preview,
  },
  ...alertingCommands,
  ...silenceCommands,
];

async function build(context: CommandContext): Promise<number> {
  const config = await configFor(context);
  const files = filesOf(config, context.values['format']);
  const { out } = context.values;
  if (typeof out !== 'string' && context.values['format'] === 'provisioning') {
    throw new SproutError('USAGE', '--format provisioning needs a folder', {
      hint: 'add --out DIR',
    });
  }
  const directory = typeof out === 'string' ? resolve(out) : generatedDirectory;
  if (typeof out === 'string') addGeneratedFiles(files, directory);
  else writeGeneratedFiles(files, directory);
  printFiles(
    context,
    [...files.keys()].map((path) => join(directory, path)),
  );
  return 0;
}

function filesOf(config: SproutConfig, format: unknown): GeneratedFiles {
  if (format === undefined || format === 'prometheus') return generatedFiles(config);
  if (format !== 'provisioning') {
    throw new SproutError('USAGE', `there is no format "${String(format)}"`, {
      hint: 'write --format prometheus or --format provisioning',
    });
  }
  return provisioningFiles(config, boardsOf(config));
}

/**
 * Checked-in files say what is declared; a folder of one's own gets the rules of what runs. Neither
 * depends on how fast somebody runs a stack.
 */
async function configFor(context: CommandContext): Promise<SproutConfig> {
  const own = context.values['out'] !== undefined;
  return { ...(own ? context.config() : await context.declared()), timeScale: 1 };
}

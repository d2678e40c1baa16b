import { join, relative } from 'node:path';
import type { Command, CommandContext, SproutConfig } from '@sprout/process';
import type { DescribedCheck, Finding } from './check.ts';
import { writePages } from './page.ts';

/** What `sprout <noun> lint` looks at. */
export interface Linted {
  readonly noun: string;
  readonly summary: string;
  readonly checks: readonly DescribedCheck[];
  run(config: SproutConfig): Promise<readonly Finding[]> | readonly Finding[];
}

/** Where the pages of all checks are checked in. */
const pagesDirectory = join(import.meta.dirname, '../../../docs/lint');

/** `sprout <noun> lint`: prints findings, exit code 3 when there are any. */
export function lintCommand(linted: Linted): Command {
  const names = linted.checks.map(({ name }) => name).join(', ');
  return {
    name: [linted.noun, 'lint'],
    summary: linted.summary,
    options: { json: { type: 'boolean' }, pages: { type: 'boolean' } },
    optionHelp: {
      json: 'print JSON instead of text',
      pages: `write docs/lint/CHECK.md for each check instead: ${names}`,
    },
    examples: [
      `./sprout ${linted.noun} lint    # exit code 3 when something is wrong`,
      `./sprout ${linted.noun} lint --json   # for a program`,
    ],
    run: async (context) => (context.values['pages'] === true ? pages : report)(linted, context),
  };
}

async function pages({ checks }: Linted, { print }: CommandContext): Promise<number> {
  writePages(checks, pagesDirectory);
  print(`${checks.length} pages in ${relative(process.cwd(), pagesDirectory)}`);
  return 0;
}

/** What is linted is what is checked in, which does not depend on what runs and how fast. */
async function report({ checks, run }: Linted, context: CommandContext): Promise<number> {
  const findings = await run({ ...(await context.declared()), timeScale: 1 });
  if (context.values['json'] === true) context.print(JSON.stringify({ findings }));
  else {
    for (const { where, message, check } of findings) {
      context.print(`${where}: ${message} (docs/lint/${check}.md)`);
    }
    if (findings.length === 0) context.print(`no findings; ${checks.length} checks`);
  }
  return findings.length === 0 ? 0 : 3;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DescribedCheck } from './check.ts';

/** The page of a check as Markdown; equal checks give equal text. */
export function pageOf({ name, summary, why, fix, bad }: DescribedCheck): string {
  return [
    `# ${name}`,
    '',
    summary,
    '',
    `**Why.** ${why}`,
    '',
    '**Refused:**',
    '',
    '```',
    bad.text,
    '```',
    '',
    `**Instead.** ${fix}`,
    '',
    'Written from the check by `lint --pages`; its test feeds it this example.',
    '',
  ].join('\n');
}

/** Writes the page of each check into a folder. */
export function writePages(checks: readonly DescribedCheck[], directory: string): void {
  mkdirSync(directory, { recursive: true });
  for (const check of checks) writeFileSync(join(directory, `${check.name}.md`), pageOf(check));
}

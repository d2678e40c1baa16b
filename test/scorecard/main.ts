import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScorecard } from './run-scorecard.ts';
import type { Scorecard } from './run-scorecard.ts';
import { scorecardPage } from './page.ts';
import { scoreTable } from './table.ts';
import { stacks } from './trials.ts';

const usage = `usage: npm run scorecard -- [--only FAULT]… [--scale N] [--json] [--write]

Injects faults one after another into warm stacks of its own, with an hour of good history that is
compressed --scale times (20; less where the fault could not be told), and judges what alerts came.
About three quarters of an hour for all.

  npm run scorecard                              # every fault
  npm run scorecard -- --only product-db-slow    # one of them, five minutes
  npm run scorecard -- --write                   # renews docs/scorecard.md too
faults: ${stacks
  .flatMap(({ trials }) => trials)
  .map(({ fault }) => fault)
  .join(', ')}
exit code 3 when a fault raised something else than its one alert, or a quiet hour raised any
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    scale: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const wanted = stacks
  .map(({ trials, ...stack }) => ({
    ...stack,
    trials: trials.filter(({ fault }) => values.only?.includes(fault) ?? true),
  }))
  .filter(({ trials }) => trials.length > 0);
const timeScale = Number(values.scale);
if (values.help || wanted.length === 0 || !(timeScale >= 1)) {
  process.stderr.write(usage);
  process.exit(values.help ? 0 : 2);
}

const ending = new AbortController();
process.once('SIGINT', () => ending.abort());
process.once('SIGTERM', () => ending.abort());
const say = (line: string) => process.stderr.write(`${line}\n`);
const card = await runScorecard({
  timeScale,
  stacks: wanted,
  signal: ending.signal,
  say,
  onScore: (score) => say(scoreTable([score]).split('\n').at(-1) ?? ''),
});
print(card);
process.exit(isGood(card) && !ending.signal.aborted ? 0 : 3);

function print(result: Scorecard): void {
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${scoreTable(result.scores)}\n${quietLine(result)}\n`);
  if (!values.write) return;
  const file = join(import.meta.dirname, '../../docs/scorecard.md');
  writeFileSync(file, scorecardPage(result, new Date(), quietLine(result)));
  say(`written: docs/scorecard.md`);
}

function quietLine({ quietPages }: Scorecard): string {
  const pages = quietPages.map(({ alert, pageGroup }) => `${alert} (${pageGroup})`);
  return `quiet hours: ${wanted.length}, pages in them: ${pages.length === 0 ? 'none' : pages.join(', ')}`;
}

function isGood({ scores, quietPages }: Scorecard): boolean {
  return scores.every(({ ok }) => ok) && quietPages.length === 0;
}

import type { CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { whatIfSchema } from '../../status/what-if.ts';
import type { WhatIf } from '../../status/what-if.ts';
import { askService } from './slo-client.ts';
import { asked, objectivePath } from './asked.ts';
import { markedRows } from './budget.ts';
import { table } from './table.ts';
import { alertLines, promiseRow, promiseTitles, unreachableLines } from './tried-promise.ts';
import { whatIfOfFile } from './what-if-file.ts';

/** `sprout slo what-if`. */
export async function run(context: CommandContext): Promise<number> {
  if (typeof context.values['file'] === 'string') return whatIfOfFile(context);
  const query = asked(context, 'target', 'window');
  if (query.size === 0) throw usageError('what if what? give --target, --window or --file', hint);
  const path = objectivePath(context, `/what-if?${query}`);
  const answer = await askService(context, path, whatIfSchema);
  if (context.values['json']) context.print(JSON.stringify(answer));
  else describe(answer).forEach(context.print);
  return 0;
}

const hint = './sprout slo what-if --help shows examples';

const describe = ({ declared, asked }: WhatIf): string[] => [
  ...table([promiseTitles, promiseRow('declared', declared), promiseRow('asked', asked)]),
  ...markedRows(asked.budget).map((row) => row.join('  ')),
  ...unreachableLines(asked),
  ...alertLines('declared', declared),
  ...alertLines('asked', asked),
];

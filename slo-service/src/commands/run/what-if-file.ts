import type { CommandContext } from '@sprout/process';
import { exitCodes } from '@sprout/process/cli';
import { triedDocumentsSchema } from '../../openslo/try-documents.ts';
import type { TriedDocuments } from '../../openslo/try-documents.ts';
import { markedRows } from './budget.ts';
import { problemLines, textOfFile, warnOfNotSaid } from './openslo-file.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import { alertLines, promiseRow, promiseTitles, unreachableLines } from './tried-promise.ts';

/** `sprout slo what-if --file`: promises of a file, tried before anybody makes them. */
export async function whatIfOfFile(context: CommandContext): Promise<number> {
  const file = String(context.values['file']);
  const request = { method: 'POST', yaml: textOfFile(file) } as const;
  const answer = await askService(
    context,
    '/api/v1/openslo/what-if',
    triedDocumentsSchema,
    request,
  );
  if (context.values['json']) context.print(JSON.stringify(answer));
  else
    [...problemLines(file, answer), ...answer.objectives.flatMap(describe)].forEach(context.print);
  warnOfNotSaid(context, answer.notSaid);
  return answer.valid ? exitCodes.ok : exitCodes.lintFindings;
}

function describe({ id, countedAs, promise, untried }: TriedDocuments['objectives'][number]) {
  if (promise === null) {
    return [`${id}: ${untried?.message ?? 'not tried'}`, `  hint: ${untried?.hint ?? ''}`];
  }
  return [
    ...table([promiseTitles, promiseRow(id, promise)]),
    ...(countedAs === id ? [] : [`by the events of ${countedAs}`]),
    ...markedRows(promise.budget).map((row) => row.join('  ')),
    ...unreachableLines(promise),
    ...alertLines(id, promise),
  ];
}

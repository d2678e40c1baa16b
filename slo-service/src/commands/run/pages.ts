import type { CommandContext } from '@sprout/process';
import { styleText } from 'node:util';
import { pageListSchema } from '../../api/schemas.ts';
import type { Page } from '../../api/schemas.ts';
import { askWholeList } from './whole-list.ts';
import { percent } from './words.ts';

/** `sprout slo pages`. */
export async function run(context: CommandContext): Promise<number> {
  const { status, json } = context.values;
  const query = new URLSearchParams(typeof status === 'string' ? { status } : {});
  query.set('limit', '500');
  const list = await askWholeList(context, `/api/v1/alerts?${query}`, pageListSchema);
  if (json) context.print(JSON.stringify(list));
  else if (list.items.length === 0) context.print('no pages');
  else list.items.flatMap(describe).forEach(context.print);
  return 0;
}

function describe(page: Page): string[] {
  const colour = page.status === 'resolved' ? 'gray' : page.severity === 'page' ? 'red' : 'yellow';
  const spent = page.budgetSpent.map(
    ({ objective, fraction }) => `${objective} ${percent(fraction)}`,
  );
  return [
    `${styleText(colour, `${page.status} ${page.severity}`)}  ${page.title}`,
    `  ${page.id}  ${page.startedAt} … ${page.endedAt ?? 'now'}`,
    ...detail('impact', page.impact),
    ...detail('budget spent', spent.join(', ')),
    ...detail('first step', page.firstStep),
    ...detail('dashboard', page.dashboardUrl),
    ...detail('runbook', page.runbookUrl),
    ...detail('trace', page.exampleTrace?.url),
    '',
  ];
}

function detail(name: string, text: string | null | undefined): string[] {
  return text ? [`  ${name}: ${text}`] : [];
}

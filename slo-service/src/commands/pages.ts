import { styleText } from 'node:util';
import type { Command } from '@sprout/process';
import { pageListSchema } from '../api/schemas.ts';
import type { Page } from '../api/schemas.ts';
import { askService } from './slo-client.ts';
import { percent } from './words.ts';

export const pagesCommand: Command = {
  name: ['slo', 'pages'],
  summary: 'Pages, newest first: what fired, what it cost, where to look.',
  options: { status: { type: 'string' }, json: { type: 'boolean', default: false } },
  optionHelp: { status: 'firing or resolved', json: 'print the answer of the API' },
  examples: [
    './sprout slo pages --status firing',
    "./sprout slo pages --json | jq -r '.items[0].exampleTrace.url'",
  ],
  run: async (context) => {
    const { status, json } = context.values;
    const query = typeof status === 'string' ? `?${new URLSearchParams({ status })}` : '';
    const list = await askService(context, `/api/v1/alerts${query}`, pageListSchema);
    if (json) context.print(JSON.stringify(list));
    else if (list.items.length === 0) context.print('no pages');
    else list.items.flatMap(describe).forEach(context.print);
    return 0;
  },
};

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

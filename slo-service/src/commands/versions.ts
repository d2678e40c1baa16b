import type { Command } from '@sprout/process';
import { versionListSchema } from '../versions/version.ts';
import type { Version } from '../versions/version.ts';
import { objectiveId } from './objective-id.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import { percent } from './words.ts';

export const versionsCommand: Command = {
  name: ['slo', 'versions'],
  summary: 'What was promised, and since when; history is judged by the promise then in force.',
  arguments: 'ID',
  options: {
    'known-at': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    'known-at': 'leave out what was recorded after this instant',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo versions order-availability',
    './sprout slo versions order-availability --known-at 2026-11-01T00:00:00Z --json',
  ],
  run: async (context) => {
    const { 'known-at': knownAt, json } = context.values;
    const query = typeof knownAt === 'string' ? `?${new URLSearchParams({ knownAt })}` : '';
    const id = encodeURIComponent(objectiveId(context));
    const list = await askService(
      context,
      `/api/v1/objectives/${id}/versions${query}`,
      versionListSchema,
    );
    if (json) context.print(JSON.stringify(list));
    else table([heads, ...list.items.map(row)]).forEach(context.print);
    return 0;
  },
};

const heads = ['FROM', 'UNTIL', 'TARGET', 'WINDOW', 'RECORDED', 'BY'];

function row({ from, until, target, window, recordedAt, by }: Version): string[] {
  return [from ?? 'ever', until ?? 'now', percent(target), window, recordedAt, by];
}

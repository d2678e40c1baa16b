import { styleText } from 'node:util';
import type { Command } from '@sprout/process';
import { exclusionListSchema } from '../exclusions/exclusion.ts';
import type { Exclusion } from '../exclusions/exclusion.ts';
import { askService } from './slo-client.ts';

export const exclusionsCommand: Command = {
  name: ['slo', 'exclusions'],
  summary: 'Time that is left out of budgets: what, who, why, when.',
  options: {
    objective: { type: 'string' },
    revoked: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    objective: 'those that touch one promise',
    revoked: 'also those that were taken back',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo exclusions --objective order-availability',
    "./sprout slo exclusions --revoked --json | jq '.items[] | select(.revoked) | .revoked.by'",
  ],
  run: async (context) => {
    const { objective, revoked, json } = context.values;
    const query = new URLSearchParams({ revoked: String(revoked === true) });
    if (typeof objective === 'string') query.set('objective', objective);
    const list = await askService(context, `/api/v1/exclusions?${query}`, exclusionListSchema);
    if (json) context.print(JSON.stringify(list));
    else if (list.items.length === 0) context.print('nothing is excluded');
    else list.items.flatMap(describeExclusion).forEach(context.print);
    return 0;
  },
};

/** An exclusion in a few lines. */
export function describeExclusion(exclusion: Exclusion): string[] {
  const { id, objectives, when, reason, by, createdAt, revoked } = exclusion;
  const head = `${id}  ${objectives?.join(', ') ?? 'all promises'}`;
  return [
    revoked === null ? head : styleText('gray', `${head}  (revoked)`),
    `  ${spelled(when)}`,
    `  ${reason} (${by}, ${createdAt})`,
    ...(revoked === null ? [] : [`  revoked: ${revoked.reason} (${revoked.by}, ${revoked.at})`]),
  ];
}

function spelled(when: Exclusion['when']): string {
  if (when.kind === 'once') return `${when.from} to ${when.to}`;
  if (when.kind === 'incident') {
    return `${when.from} to ${when.ongoing ? 'now' : when.to}, with the incident of ${when.objective}`;
  }
  const { days, at, minutes, zone, from, to } = when;
  const until = to === null ? '' : ` to ${to}`;
  return `every ${days.join(', ')} at ${at} for ${minutes} min in ${zone}, from ${from}${until}`;
}

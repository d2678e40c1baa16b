import type { CommandContext } from '@sprout/process';
import { styleText } from 'node:util';
import { exclusionListSchema } from '../../exclusions/exclusion.ts';
import type { Exclusion } from '../../exclusions/exclusion.ts';
import { askWholeList } from './whole-list.ts';

/** `sprout slo exclusions`. */
export async function run(context: CommandContext): Promise<number> {
  const { objective, revoked, json } = context.values;
  const query = new URLSearchParams({ revoked: String(revoked === true) });
  if (typeof objective === 'string') query.set('objective', objective);
  const list = await askWholeList(context, `/api/v1/exclusions?${query}`, exclusionListSchema);
  if (json) context.print(JSON.stringify(list));
  else if (list.items.length === 0) context.print('nothing is excluded');
  else list.items.flatMap(describeExclusion).forEach(context.print);
  return 0;
}

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

import { userInfo } from 'node:os';
import type { CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { exclusionSchema } from '../../exclusions/exclusion.ts';
import { describeExclusion } from './exclusions.ts';
import { askService } from './slo-client.ts';

/** `sprout slo exclude`. */
export async function run(context: CommandContext): Promise<number> {
  const answer = await ask(context);
  if (context.values['json']) context.print(JSON.stringify(answer));
  else describeExclusion(answer).forEach(context.print);
  return 0;
}

function ask(context: CommandContext) {
  const by = textOf(context, 'by') ?? userInfo().username;
  const reason = needed(context, 'reason');
  const revoke = textOf(context, 'revoke');
  if (revoke !== undefined) {
    const path = `/api/v1/exclusions/${encodeURIComponent(revoke)}?${new URLSearchParams({ by, reason })}`;
    return askService(context, path, exclusionSchema, { method: 'DELETE' });
  }
  const objectives = context.positionals.length === 0 ? null : context.positionals;
  const body = { objectives, when: whenOf(context), reason, by };
  return askService(context, '/api/v1/exclusions', exclusionSchema, { method: 'POST', body });
}

function whenOf(context: CommandContext) {
  const incident = textOf(context, 'incident');
  const [objective] = context.positionals;
  if (incident !== undefined) {
    if (objective === undefined) throw usageError('whose incident? ID is missing', hint);
    return { kind: 'incident', objective, at: incident };
  }
  const days = textOf(context, 'weekly');
  const from = needed(context, 'from');
  if (days === undefined) return { kind: 'once', from, to: needed(context, 'to') };
  return {
    kind: 'weekly',
    days: days.split(','),
    at: needed(context, 'at'),
    minutes: Number(needed(context, 'minutes')),
    zone: needed(context, 'zone'),
    from,
    to: textOf(context, 'to') ?? null,
  };
}

function textOf({ values }: CommandContext, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

function needed(context: CommandContext, name: string): string {
  const value = textOf(context, name);
  if (value !== undefined) return value;
  throw usageError(`--${name} is missing`, hint);
}

const hint = './sprout slo exclude --help shows examples';

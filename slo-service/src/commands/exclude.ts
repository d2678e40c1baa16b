import { userInfo } from 'node:os';
import type { Command, CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { defaultZone } from '@sprout/objectives';
import { exclusionSchema } from '../exclusions/exclusion.ts';
import { describeExclusion } from './exclusions.ts';
import { askService } from './slo-client.ts';

export const excludeCommand: Command = {
  name: ['slo', 'exclude'],
  summary: 'Leave time out of budgets, before or after the fact; the raw figures stay visible.',
  arguments: '[ID…]',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    weekly: { type: 'string' },
    at: { type: 'string' },
    minutes: { type: 'string' },
    incident: { type: 'string' },
    zone: { type: 'string', default: defaultZone },
    reason: { type: 'string' },
    by: { type: 'string' },
    revoke: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    from: 'the instant it begins, or from which a weekly rule holds',
    to: 'the instant it ends; a weekly rule may have none',
    weekly: 'days of a weekly rule, for example sun or mon,wed',
    at: 'time of day of a weekly rule',
    minutes: 'length of a weekly rule',
    incident: 'an instant within an incident of ID; the exclusion follows its bounds',
    zone: 'time zone of a weekly rule',
    reason: 'why; kept for audits',
    by: 'who; your user name by default',
    revoke: 'id of an exclusion to take back; its record stays',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo exclude order-availability --from 2026-11-01T02:00:00+09:00 --to 2026-11-01T03:00:00+09:00 --reason "planned migration"',
    './sprout slo exclude --weekly sun --at 02:00 --minutes 120 --from 2026-11-01T00:00:00Z --reason "maintenance window"   # of all promises',
    './sprout slo exclude order-availability --incident 2026-11-01T02:10:00+09:00 --reason "power cut"',
    './sprout slo exclude --revoke 3f2a9c01b7de --reason "was no maintenance"',
  ],
  run: async (context) => {
    const answer = await ask(context);
    if (context.values['json']) context.print(JSON.stringify(answer));
    else describeExclusion(answer).forEach(context.print);
    return 0;
  },
};

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

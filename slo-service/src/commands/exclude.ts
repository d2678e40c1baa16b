import type { Command } from '@sprout/process';
import { defaultZone } from '@sprout/objectives/window';

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
    './sprout slo exclude order-availability --incident 2026-11-01T02:10:00+09:00 --reason "power cut" --json | jq -r .id',
  ],
  run: async (context) => (await import('./run/exclude.ts')).run(context),
};

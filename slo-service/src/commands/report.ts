import type { Command } from '@sprout/process';

export const reportCommand: Command = {
  name: ['slo', 'report'],
  summary: 'How a promise was kept in a period: budget, incidents, days, exclusions, deploys.',
  arguments: 'ID',
  options: {
    period: { type: 'string' },
    month: { type: 'string' },
    format: { type: 'string', default: 'html' },
    lang: { type: 'string', default: 'en' },
    zone: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    period:
      'for example 2026-W48, 2026-11, 2026-Q4, 2026 or 2026-11-01..2026-11-15; this month by default',
    month: 'the same, of a month: for example 2026-11',
    format: 'html (printable), csv (the days) or json',
    lang: 'en or ko, of html',
    zone: "the zone whose calendar it is; that of the promise's window or Asia/Seoul by default",
    at: 'an instant; what came later is left out',
    json: 'the same as --format json',
  },
  examples: [
    './sprout slo report order-availability --month 2026-11 > report.html',
    './sprout slo report order-availability --month 2026-11 --lang ko > report.html',
    './sprout slo report order-availability --period 2026-W48 > report.html',
    './sprout slo report order-availability --period 2026-Q4 --format csv',
    './sprout slo report order-availability --period 2026-11-01..2026-11-15 --zone Europe/Berlin > report.html',
    './sprout slo report order-availability --month 2026-10 --json | jq .',
  ],
  run: async (context) => (await import('./run/report.ts')).run(context),
};

import { defaultZone, isZone, localTime } from '@sprout/objectives';
import type { Command } from '@sprout/process';
import { askServiceText } from './slo-client.ts';
import { objectiveId } from './objective-id.ts';

export const reportCommand: Command = {
  name: ['slo', 'report'],
  summary: 'How a promise was kept in a month: budget, incidents, days, exclusions, deploys.',
  arguments: 'ID',
  options: {
    month: { type: 'string' },
    format: { type: 'string', default: 'html' },
    lang: { type: 'string', default: 'en' },
    zone: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    month: 'for example 2026-11; this month by default',
    format: 'html (printable), csv (the days) or json',
    lang: 'en or ko, of html',
    zone: "the zone whose month it is; that of the promise's window or Asia/Seoul by default",
    at: 'an instant; what came later is left out',
    json: 'the same as --format json',
  },
  examples: [
    './sprout slo report order-availability --month 2026-11 > report.html',
    './sprout slo report order-availability --month 2026-11 --lang ko > report.html',
    './sprout slo report order-availability --month 2026-10 --format csv',
  ],
  run: async (context) => {
    const { values } = context;
    const asked = new URLSearchParams();
    for (const name of ['month', 'format', 'lang', 'zone', 'at']) {
      const value = values[name];
      if (typeof value === 'string') asked.set(name, value);
    }
    if (!asked.has('month')) asked.set('month', monthAt(Date.now(), asked.get('zone')));
    if (values['json'] === true) asked.set('format', 'json');
    const path = `/api/v1/reports/${encodeURIComponent(objectiveId(context))}?${asked}`;
    context.print((await askServiceText(context, path)).trimEnd());
    return 0;
  },
};

/** An unknown zone is the service's to refuse, with its hint. */
function monthAt(atMs: number, zone: string | null): string {
  const known = zone ?? defaultZone;
  const local = isZone(known) ? localTime(atMs, known) : atMs;
  return new Date(local).toISOString().slice(0, 7);
}

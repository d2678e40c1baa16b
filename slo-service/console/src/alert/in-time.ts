import type { Page } from '@sprout/slo-service/api';
import { shortInstant } from '../place/range.ts';

const hourMs = 3_600_000;

/**
 * The link of an alert with the alert's own time in place of the last hour: from an hour before its
 * start until its end, or now. Links elsewhere, and those that name a time, stay as they are.
 */
export function inTime(url: string, { startedAt, endedAt }: Pick<Page, 'startedAt' | 'endedAt'>) {
  const fromMs = Date.parse(startedAt) - hourMs;
  const toMs = endedAt === null ? undefined : Date.parse(endedAt);
  const [path = '', query = ''] = url.split('?');
  const shown = new URLSearchParams(query);
  if (shown.get('from') === 'now-1h') {
    shown.set('from', String(fromMs));
    shown.set('to', String(toMs ?? 'now'));
  } else if (shown.get('range') === '1h') {
    shown.delete('range');
    shown.set('from', shortInstant(fromMs));
    shown.set('to', toMs === undefined ? 'now' : shortInstant(toMs));
  } else return url;
  return `${path}?${shown}`;
}

import type { Annotation, Exclusion, Page } from '@sprout/slo-service/api';
import type { Interval } from '../place/range.ts';
import { paths } from '../shell/route.ts';

export const entryKinds = ['alert', 'notification', 'deploy', 'correction'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Something that happened: an alert began or ended, a notification, a deploy, a correction. */
export interface Entry {
  readonly key: string;
  readonly at: string;
  readonly kind: EntryKind;
  /** What about it: a status, a kind of change. */
  readonly event: 'firing' | 'resolved' | Annotation['kind'] | 'added' | 'revoked';
  readonly text: string;
  readonly by: string | null;
  readonly href: string | null;
}

/** What is known of the past. */
export interface Happened {
  readonly pages: readonly Page[];
  readonly annotations: readonly Annotation[];
  readonly exclusions: readonly Exclusion[];
}

/** Everything that happened in an interval, newest first. */
export function entriesOf(happened: Happened, { fromMs, toMs }: Interval): readonly Entry[] {
  const all = [
    ...happened.pages.flatMap(alertEntries),
    ...happened.annotations.map(deployEntry),
    ...happened.exclusions.flatMap(correctionEntries),
  ];
  return all
    .filter(({ at }) => Date.parse(at) >= fromMs && Date.parse(at) < toMs)
    .toSorted((a, b) => b.at.localeCompare(a.at) || a.key.localeCompare(b.key));
}

/** Entries as CSV (RFC 4180), times in UTC; text that a spreadsheet would run is quoted away. */
export function entriesCsv(entries: readonly Entry[]): string {
  const rows = entries.map(({ at, kind, event, text, by }) => [at, kind, event, text, by ?? '']);
  return [['at', 'kind', 'event', 'text', 'by'], ...rows]
    .map((cells) => `${cells.map(cell).join(',')}\r\n`)
    .join('');
}

function cell(text: string): string {
  const inert = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function alertEntries(page: Page): Entry[] {
  const shared = { text: page.title, by: null, href: paths.alert(page.id) };
  const change = (event: 'firing' | 'resolved', at: string): Entry => ({
    ...shared,
    key: `${page.id} ${event}`,
    at,
    kind: 'alert',
    event,
  });
  return [
    change('firing', page.startedAt),
    ...(page.endedAt === null ? [] : [change('resolved', page.endedAt)]),
    ...page.notifications.map(({ at, status }): Entry => ({
      ...shared,
      key: `${page.id} ${at} ${status}`,
      at,
      kind: 'notification',
      event: status === 'resolved' ? 'resolved' : 'firing',
      by: 'Alertmanager',
    })),
  ];
}

function deployEntry({ id, at, kind, title, service, by, url }: Annotation): Entry {
  const text = service === null ? title : `${title} (${service})`;
  return { key: id, at, kind: 'deploy', event: kind, text, by, href: url };
}

function correctionEntries({ id, reason, by, createdAt, revoked }: Exclusion): Entry[] {
  const shared = { kind: 'correction', href: '/exclusions?revoked=true' } as const;
  const added: Entry = { ...shared, key: id, at: createdAt, event: 'added', text: reason, by };
  if (revoked === null) return [added];
  const { at, reason: text } = revoked;
  return [added, { ...shared, key: `${id} revoked`, at, event: 'revoked', text, by: revoked.by }];
}

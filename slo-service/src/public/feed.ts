import { Feed } from 'feed';
import type { Language } from '../language/language.ts';
import type { PublicStatus } from './public-status.ts';
import { marksIn, publicWords } from './words.ts';

/** Incidents and announcements as a feed, newest first; the same status gives the same text. */
export function statusFeed(
  status: PublicStatus,
  language: Language,
  baseUrl: string,
  format: 'atom' | 'rss',
): string {
  const w = publicWords[language];
  const page = new URL(`/status?lang=${language}`, baseUrl).href;
  const items = [...incidentItems(status, w), ...announcementItems(status)].toSorted(
    (a, b) => b.date.getTime() - a.date.getTime(),
  );
  const feed = new Feed({
    title: w.title,
    id: page,
    link: page,
    language,
    updated: items[0]?.date ?? new Date(status.asOf),
    copyright: '',
    feedLinks: { [format]: new URL(`/status.${format}?lang=${language}`, baseUrl).href },
  });
  for (const { id, ...item } of items) {
    feed.addItem({ ...item, id: `${page}#${id}`, link: page });
  }
  return format === 'atom' ? feed.atom1() : feed.rss2();
}

function incidentItems({ incidents }: PublicStatus, w: (typeof publicWords)[Language]) {
  return incidents.map(({ service, title, from, to, minutes, marks }) => ({
    id: `${service}-${from}`,
    title: [...marksIn(marks, w), title[w.language]].join(' '),
    description: `${from} – ${to ?? w.ongoing}, ${w.minutes(minutes)}`,
    date: new Date(to ?? from),
  }));
}

function announcementItems({ announcements }: PublicStatus) {
  return announcements.map(({ id, at, title }) => ({
    id,
    title,
    description: title,
    date: new Date(at),
  }));
}

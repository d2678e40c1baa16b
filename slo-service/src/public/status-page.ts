import { localTime } from '@sprout/objectives';
import { markup, raw } from '../report/markup.ts';
import type { Markup } from '../report/markup.ts';
import type { Language } from '../language/language.ts';
import { stripDays, tellDays } from './public-status.ts';
import type { PublicDay, PublicIncident, PublicService, PublicStatus } from './public-status.ts';
import { statusStyle } from './style.ts';
import { marksIn, publicWords } from './words.ts';
import type { PublicWords } from './words.ts';

/** The public page, as HTML without scripts. */
export function statusPage(status: PublicStatus, language: Language): string {
  const w = publicWords[language];
  const other = language === 'en' ? 'ko' : 'en';
  return `<!doctype html>\n${
    markup`<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${w.title}</title><style>${raw(statusStyle)}</style>
<link rel="alternate" type="application/atom+xml" href="/status.atom?lang=${language}">
<link rel="alternate" type="application/rss+xml" href="/status.rss?lang=${language}"></head>
<body>
<header><h1>${w.title}</h1><p class="now">${headline(status, w)}</p></header>
<main>
${simulatedNote(status, w)}
${status.services.map((service) => serviceOf(service, w))}
<h2>${w.incidents(tellDays)}</h2>
${incidents(status, w)}
<h2>${w.announcements}</h2>
${announcements(status, w)}
</main>
<footer><p>${w.asOf(local(status.asOf, status.zone))} (${status.zone}) ·
<a href="/status?lang=${other}" lang="${other}">${w.other}</a> ·
<a href="/status.atom?lang=${language}">Atom</a> · <a href="/status.rss?lang=${language}">RSS</a></p></footer>
</body>
</html>
`.html
  }`;
}

function headline({ services }: PublicStatus, w: PublicWords): string {
  if (services.length === 0) return w.nothing;
  const bad = services.filter(({ verdict }) => verdict !== 'kept').length;
  return bad === 0 ? w.allKept : w.someNot(bad, services.length);
}

function simulatedNote({ simulated, zone }: PublicStatus, w: PublicWords): Markup | '' {
  if (simulated === undefined) return '';
  const { from, to } = simulated;
  return markup`<p class="note">${w.simulated(local(from, zone), local(to, zone))}</p>`;
}

function serviceOf(
  { id, title, target, verdict, compliance, days }: PublicService,
  w: PublicWords,
): Markup {
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${title[w.language]}</h2>
<p><strong class="${verdict}">${w.verdicts[verdict]}</strong> ${w.sentences[verdict]}
${compliance === null ? '' : w.period(compliance, target, stripDays)}</p>
<ol class="strip" aria-label="${w.strip(stripDays)}">
${days.map((day) => cell(day, target, w))}</ol>
</section>
`;
}

/** Told by shape as well as by colour: a bad day is lower, one that was not measured is hollow. */
function cell(
  { date, compliance, kept, marks }: PublicDay,
  target: number,
  w: PublicWords,
): Markup {
  const kind = kept === null ? 'none' : kept ? 'good' : 'bad';
  const text = [w.day(date, compliance, target), ...marksIn(marks, w)].join(' ');
  return markup`<li class="${[kind, ...marks].join(' ')}" title="${text}"><span>${text} (${w.legend[kind]})</span></li>`;
}

function incidents({ incidents: all, zone }: PublicStatus, w: PublicWords): Markup {
  if (all.length === 0) return markup`<p>${w.noIncidents}</p>`;
  const item = ({ title, from, to, minutes, marks }: PublicIncident) =>
    markup`<li>${local(from, zone)} – ${to === null ? w.ongoing : local(to, zone)}, ${w.minutes(minutes)}: ${[...marksIn(marks, w), title[w.language]].join(' ')}</li>\n`;
  return markup`<ul>\n${all.map(item)}</ul>`;
}

function announcements({ announcements: all, zone }: PublicStatus, w: PublicWords): Markup {
  if (all.length === 0) return markup`<p>${w.noAnnouncements}</p>`;
  return markup`<ul>\n${all.map(({ at, title }) => markup`<li>${local(at, zone)}: ${title}</li>\n`)}</ul>`;
}

const local = (at: string, zone: string) =>
  new Date(localTime(Date.parse(at), zone)).toISOString().slice(0, 16).replace('T', ' ');

import { localTime } from '@sprout/objectives';
import { formatRatio, formatTarget } from '@sprout/objectives/figure';
import type { AdjustedBudget } from '../api/schemas.ts';
import type { Exclusion } from '../exclusions/exclusion.ts';
import { markup, raw } from './markup.ts';
import type { Markup } from './markup.ts';
import { nameOfPeriod } from './report.ts';
import type { Report } from './report.ts';
import { reportStyle } from './style.ts';
import { reportWords } from './words.ts';
import type { ReportWords } from './words.ts';
import type { Language } from '../language/language.ts';

/** A report as one printable page without scripts, in a language. */
export function reportHtml(report: Report, language: Language): string {
  const page = { report, words: reportWords[language], language };
  const { words: w } = page;
  const title = `${w.report}: ${report.title}, ${nameOfPeriod(report)}`;
  const body = [head(page), budget(page), reliability(page), incidents(page), days(page)];
  const notes = [exclusions(page), annotations(page)];
  return `<!doctype html>\n${
    markup`<html lang="${language}">
<head><meta charset="utf-8"><title>${title}</title><style>${raw(reportStyle)}</style></head>
<body>
<main>
${body}${notes}</main>
<footer><p>${w.formulas}</p></footer>
</body>
</html>
`.html
  }`;
}

interface Page {
  readonly report: Report;
  readonly words: ReportWords;
  readonly language: Language;
}

function head({ report, words: w }: Page): Markup {
  const { title, id, owner, zone, target, from, to, kept, complete } = report;
  const verdict = kept === null ? 'unknown' : kept ? 'kept' : 'broken';
  return markup`<header><p>${w.report} ${nameOfPeriod(report)}</p><h1>${title}</h1></header>
${facts([
  [w.promise, `${formatTarget(target)} (${id})`],
  ...formerly(report, w),
  [w.owner, owner],
  [w.period, `${local(from, zone)} – ${local(to, zone)} (${zone})`],
  [w.verdict, w[verdict]],
])}${complete ? '' : markup`<p class="note">${w.preliminary}</p>\n`}${notes(report, w)}`;
}

/** What else was promised in the time of the report. */
function formerly(
  { budget: { promised = [] }, zone }: Report,
  w: ReportWords,
): (readonly [string, string])[] {
  return promised
    .slice(0, -1)
    .map(({ to, target }) => ['', w.formerly(local(to, zone), formatTarget(target))] as const);
}

/** What of the month never happened, and what was read as sums. */
function notes({ budget: { simulated, approximate }, zone }: Report, w: ReportWords): Markup {
  const note = (part: typeof simulated, say: ReportWords['simulated']) =>
    part === undefined
      ? ''
      : markup`<p class="note">${say(local(part.from, zone), local(part.to, zone))}</p>\n`;
  return markup`${note(simulated, w.simulated)}${note(approximate, w.approximate)}`;
}

function budget({ report, words: w, language }: Page): Markup {
  const column = (of: Omit<AdjustedBudget, 'excludedMinutes' | 'exclusions'>) => [
    count(of.valid, language),
    count(of.bad, language),
    count(of.allowed, language),
    formatRatio(of.compliance, report.target),
    formatRatio(of.leftFraction),
    formatRatio(of.coverage),
  ];
  const { adjusted } = report.budget;
  const first = column(report.budget);
  const second = adjusted === undefined ? undefined : column(adjusted);
  const names = [w.valid, w.bad, w.allowed, w.compliance, w.left, w.coverage];
  const rows = names.map((name, index) => [
    name,
    first[index] ?? '',
    ...(second ? [second[index] ?? ''] : []),
  ]);
  const excluded =
    adjusted === undefined
      ? []
      : [[w.excluded, '', w.minutes(count(adjusted.excludedMinutes, language))]];
  return section(
    w.budget,
    table([w.figure, w.raw, ...(second ? [w.adjusted] : [])], [...rows, ...excluded]),
  );
}

function reliability({ report, words: w, language }: Page): Markup {
  const { figures } = report;
  const span = (seconds: number | null) => minutes(seconds, w, language);
  return section(
    w.reliability,
    facts([
      [w.incidents, w.incidentsText(figures.incidents, figures.detected)],
      [w.observed, span(figures.observedSeconds)],
      [w.down, span(figures.downSeconds)],
      [w.mttd, span(figures.mttdSeconds)],
      [w.mttr, span(figures.mttrSeconds)],
      [w.mttf, span(figures.mttfSeconds)],
      [w.mtbf, span(figures.mtbfSeconds)],
      [w.availability, formatRatio(figures.timeAvailability, report.target)],
    ]),
  );
}

function incidents({ report, words: w, language }: Page): Markup {
  const rows = report.incidents.map((one) => [
    marked(local(one.from, report.zone), one, w),
    one.to === null ? w.goesOn : local(one.to, report.zone),
    w.minutes(count(one.minutes, language)),
    count(one.bad, language),
    formatRatio(one.worstRatio),
    one.secondsToDetect === null ? w.never : minutes(one.secondsToDetect, w, language),
  ]);
  const columns = [w.from, w.to, w.length, w.bad, w.worst, w.detected];
  return section(w.incidents, tableOrNone(columns, rows, w));
}

function days({ report, words: w, language }: Page): Markup {
  const rows = report.days.map((day) => [
    marked(day.date, day, w),
    count(day.valid, language),
    count(day.bad, language),
    formatRatio(day.compliance, report.target),
    formatRatio(day.spentFraction),
    formatRatio(day.coverage),
    day.excludedMinutes === 0 ? '' : w.minutes(count(day.excludedMinutes, language)),
  ]);
  const columns = [w.date, w.valid, w.bad, w.compliance, w.spent, w.measured, w.excluded];
  return section(w.days, tableOrNone(columns, rows, w));
}

/** A time of which some never happened says so in its own line, not only at the top of the page. */
function marked(
  text: string,
  of: { readonly simulated?: true | undefined; readonly approximate?: true | undefined },
  w: ReportWords,
): string {
  const marks = [
    ...(of.simulated ? [w.simulatedMark] : []),
    ...(of.approximate ? [w.approximateMark] : []),
  ];
  return marks.length === 0 ? text : `${text} (${marks.join(', ')})`;
}

function exclusions({ report, words: w }: Page): Markup {
  const rows = report.exclusions.map(({ when, reason, by }) => [
    spelled(when, report.zone, w),
    reason,
    by,
  ]);
  return section(w.exclusions, tableOrNone([w.period, w.reason, w.by], rows, w, 'text'));
}

function annotations({ report, words: w }: Page): Markup {
  const rows = report.annotations.map(({ at, kind, title, service, by }) => [
    local(at, report.zone),
    `${kind}: ${service === null ? '' : `${service} `}${title}`,
    by,
  ]);
  const cut = report.annotationsCut ? markup`<p class="note">${w.cut(rows.length)}</p>\n` : '';
  const list = tableOrNone([w.from, w.what, w.by], rows, w, 'text');
  return section(w.annotations, markup`${cut}${list}`);
}

function spelled(when: Exclusion['when'], zone: string, w: ReportWords): string {
  if (when.kind !== 'weekly') return `${local(when.from, zone)} – ${local(when.to, zone)}`;
  return w.weekly(when.days.join(', '), when.at, when.minutes, when.zone);
}

const section = (title: string, content: Markup): Markup =>
  markup`<section><h2>${title}</h2>
${content}</section>
`;

function facts(rows: readonly (readonly [string, string])[]): Markup {
  return markup`<dl>${rows.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
`;
}

function tableOrNone(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  w: ReportWords,
  kind: TableKind = 'figures',
): Markup {
  return rows.length === 0 ? markup`<p>${w.none}</p>\n` : table(columns, rows, kind);
}

/** Figures stand at the right, so that they can be compared; text at the left. */
type TableKind = 'figures' | 'text';

function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  kind: TableKind = 'figures',
): Markup {
  const lines = rows.map(
    (cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`,
  );
  return markup`<table class="${kind}"><thead><tr>${columns.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${lines}</tbody></table>
`;
}

/** The wall clock of a zone, to the minute. */
const local = (instant: string, zone: string): string =>
  new Date(localTime(Date.parse(instant), zone)).toISOString().slice(0, 16).replace('T', ' ');

const count = (value: number, language: Language): string =>
  Math.round(value).toLocaleString(language);

function minutes(seconds: number | null, w: ReportWords, language: Language): string {
  if (seconds === null) return '–';
  return w.minutes((seconds / 60).toLocaleString(language, { maximumFractionDigits: 2 }));
}

import { calendarPeriod } from './calendar.ts';
import type { Period } from './calendar.ts';
import { instantOf, localTime } from './zone.ts';
import type { LocalMs } from './zone.ts';

/** What a name of a period can say: a unit of the calendar, or days from one to another. */
export const periodKinds = ['week', 'month', 'quarter', 'year', 'days'] as const;
export type PeriodKind = (typeof periodKinds)[number];
export type PeriodUnit = Exclude<PeriodKind, 'days'>;

/** Whole days of the calendar; only a zone makes time of them. */
export interface NamedPeriod {
  readonly name: string;
  readonly kind: PeriodKind;
  /** Midnight that the first day begins with. */
  readonly first: LocalMs;
  /** Midnight that the last day ends with. */
  readonly end: LocalMs;
}

/** Every form of a name, for hints. */
export const periodForms = {
  en: 'a week (2026-W48), a month (2026-11), a quarter (2026-Q4), a year (2026), or days from one to another (2026-11-01..2026-11-15)',
  ko: '주(2026-W48), 월(2026-11), 분기(2026-Q4), 연도(2026), 날짜 구간(2026-11-01..2026-11-15)',
};

/** Says in both languages why a name is none of a period. */
export class PeriodError extends RangeError {
  readonly words: { readonly en: string; readonly ko: string };

  constructor(en: string, ko: string) {
    super(en);
    this.words = { en, ko };
  }
}

/** Days of the longest period: a leap year. */
export const periodDaysMax = 366;

/**
 * Reads the name of a period of the years 2000 to 2099. Weeks are those of ISO 8601, the last day of
 * a stretch belongs to it. Throws PeriodError, which says why, on anything else.
 * @example parsePeriod('2020-W53') // 28 December 2020 to 3 January 2021
 */
export function parsePeriod(name: string): NamedPeriod {
  const [, year = '', part = ''] = /^(20\d\d)(?:-(\d\d|W\d\d|Q\d))?$/.exec(name) ?? [];
  if (year === '') return stretch(name);
  const found = part === '' ? named('year', Date.UTC(Number(year), 0)) : within(year, part);
  if (found.name !== name)
    throw new PeriodError(`${year} has no ${part}`, `${year}년에 ${part}은(는) 없습니다`);
  return found;
}

/** The period of a kind that an instant lies in. */
export function periodAt(kind: PeriodUnit, zone: string, atMs: number): NamedPeriod {
  const { fromMs } = calendarPeriod(kind, zone, atMs);
  // The first instant of a day need not be midnight, but it has its date.
  return named(kind, midnight(localTime(fromMs, zone)));
}

/** The days from one to another, both included; throws PeriodError when that is no period. */
export function daysBetween(first: LocalMs, last: LocalMs): NamedPeriod {
  const days = (last - first) / dayMs + 1;
  const name = `${dateOf(first)}..${dateOf(last)}`;
  if (days < 1)
    throw new PeriodError(`"${name}" ends before it begins`, `"${name}"은(는) 시작 전에 끝납니다`);
  if (days > periodDaysMax)
    throw new PeriodError(
      `"${name}" has ${days} days, ${periodDaysMax} are the most`,
      `"${name}"은(는) ${days}일입니다. 길어야 ${periodDaysMax}일입니다`,
    );
  return { name, kind: 'days', first, end: last + dayMs };
}

/** The period so many periods later or earlier. */
export function shiftPeriod({ kind, first, end }: NamedPeriod, by: number): NamedPeriod {
  if (kind !== 'days') return named(kind, starts[kind](first, by));
  const shiftMs = by * (end - first);
  return daysBetween(first + shiftMs, end - dayMs + shiftMs);
}

/** When a period begins and ends in a zone. */
export function periodIn({ first, end }: NamedPeriod, zone: string): Period {
  return { fromMs: instantOf(first, zone), toMs: instantOf(end, zone) };
}

const dayMs = 86_400_000;

/** `11`, `W48` or `Q4` of a year; one that the year does not have comes out under another name. */
function within(year: string, part: string): NamedPeriod {
  const january = Date.UTC(Number(year), 0);
  const index = Number(part.replace(/\D/, '')) - 1;
  if (part.startsWith('W')) return named('week', starts.week(firstWeek(year), index));
  if (part.startsWith('Q')) return named('quarter', starts.quarter(january, index));
  return named('month', starts.month(january, index));
}

function stretch(name: string): NamedPeriod {
  const [first = '', last = '', ...rest] = name.split('..');
  if (last === '' || rest.length > 0)
    throw new PeriodError(`"${name}" is no period`, `"${name}"은(는) 기간이 아닙니다`);
  return daysBetween(dayOf(first), dayOf(last));
}

function dayOf(text: string): LocalMs {
  const at = /^20\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The engine takes 30 February for 2 March.
  if (Number.isNaN(at) || dateOf(at) !== text)
    throw new PeriodError(`"${text}" is no day`, `"${text}"은(는) 날짜가 아닙니다`);
  return at;
}

function named(kind: PeriodUnit, first: LocalMs): NamedPeriod {
  return { name: nameOf(kind, first), kind, first, end: starts[kind](first, 1) };
}

function nameOf(kind: PeriodUnit, first: LocalMs): string {
  const [year = '', month = ''] = dateOf(first).split('-');
  if (kind === 'year') return year;
  if (kind === 'month') return `${year}-${month}`;
  if (kind === 'quarter') return `${year}-Q${Math.ceil(Number(month) / 3)}`;
  // A week belongs to the year of its Thursday.
  const ofThursday = dateOf(first + 3 * dayMs).slice(0, 4);
  const week = 1 + (first - firstWeek(ofThursday)) / (7 * dayMs);
  return `${ofThursday}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of the first week of a year, which is the one with 4 January. */
function firstWeek(year: string): LocalMs {
  const fourth = Date.UTC(Number(year), 0, 4);
  return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * dayMs;
}

const inMonths = (months: number) => (first: LocalMs, by: number) => {
  const date = new Date(first);
  return date.setUTCMonth(date.getUTCMonth() + by * months);
};

/** Where the period begins that is so many later. */
const starts: Readonly<Record<PeriodUnit, (first: LocalMs, by: number) => LocalMs>> = {
  week: (first, by) => first + by * 7 * dayMs,
  month: inMonths(1),
  quarter: inMonths(3),
  year: inMonths(12),
};

const midnight = (local: LocalMs): LocalMs => Math.floor(local / dayMs) * dayMs;

const dateOf = (day: LocalMs): string => new Date(day).toISOString().slice(0, 10);

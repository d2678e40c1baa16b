import type { Report, ReportDay } from './report.ts';

const columns = [
  'date',
  'good',
  'bad',
  'valid',
  'compliance',
  'coverage',
  'excludedMinutes',
  'spentFraction',
  'approximate',
  'simulated',
] as const satisfies readonly (keyof ReportDay)[];

/** The days of a report as CSV (RFC 4180): a header, one line a day, empty where nothing is known. */
export function reportCsv({ id, days }: Pick<Report, 'id' | 'days'>): string {
  const header = ['objective', ...columns];
  const lines = days.map((day) => [id, ...columns.map((column) => String(day[column] ?? ''))]);
  return [header, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

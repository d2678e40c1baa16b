import { styleText } from 'node:util';
import { formatRatio, formatTarget, roundCount, wholeCount } from '@sprout/objectives/figure';
import type { ObjectiveStatus } from '../../api/schemas.ts';

type Verdict = ObjectiveStatus['verdict'];

const colours = { kept: 'green', at_risk: 'yellow', broken: 'red', unknown: 'gray' } as const;

/** A verdict as people say it, in its colour. */
export const verdictText = (verdict: Verdict): string =>
  styleText(colours[verdict], verdict.replace('_', ' '));

/** Words in the colour of a verdict. */
export const inColourOf = (verdict: Verdict, text: string): string =>
  styleText(colours[verdict], text);

const barCells = 20;

/** The budget that is left as a bar; nothing is left of an overspent one. */
export function budgetBar(leftFraction: number | null, verdict: Verdict): string {
  const left = Math.min(1, Math.max(0, leftFraction ?? 0));
  const full = Math.round(left * barCells);
  return inColourOf(verdict, '█'.repeat(full)) + styleText('gray', '░'.repeat(barCells - full));
}

/** A fraction with the digits that the console shows, `–` when it is not known. */
export const percent = (fraction: number | null, target?: number): string =>
  withPlainBlank(formatRatio(fraction, target));

/** A target with all its digits. */
export const promise = (target: number): string => withPlainBlank(formatTarget(target));

/** A count of events, in full. */
export const events = (count: number): string =>
  roundCount(count).toLocaleString('en-US').replaceAll(',', ' ').replace('-', '−');

/** Events that are allowed or left. */
export const wholeEvents = (count: number): string => events(wholeCount(count));

/** The labels of something, as they are written in a query. */
export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

/** What is printed is searched with grep, which tells blanks apart. */
const withPlainBlank = (text: string) => text.replace('\u00a0', ' ');

/** Seconds as the two largest units that matter, for example `2 d 3 h`. */
export function timeSpan(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return '0 s';
  let rest = seconds;
  const parts = units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return `${count} ${name}`;
  });
  return parts.filter((part) => !part.startsWith('0 ')).join(' ');
}

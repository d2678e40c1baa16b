import { makeBadge } from 'badge-maker';
import type { Language } from '../language/language.ts';
import type { Standing } from '../status/objective-status.ts';
import { trustedVerdict } from '../status/standing.ts';
import { leftFractionOf } from '../status/window.ts';
import { publicWords } from './words.ts';

/** A promise in one line, as an SVG image whose title says it to those who do not see it. */
export function badge(status: Standing, language: Language): string {
  const words = publicWords[language];
  const { title, budget } = status;
  const verdict = trustedVerdict(status);
  const left = leftFractionOf(budget);
  const message = [
    ...(left === null ? [words.verdicts.unknown] : [words.verdicts[verdict], words.left(left)]),
    ...(budget.simulated ? [words.partlySimulated] : []),
    ...(budget.approximate ? [words.marks.approximate] : []),
  ].join(' · ');
  return makeBadge({ label: shortened(title[language]), message, color: colours[verdict] });
}

const colours = { kept: '#2e7d32', at_risk: '#b26a00', broken: '#c62828', unknown: '#616161' };

/** A badge stands in a line of text. */
const labelCharsMax = 60;

const shortened = (title: string) =>
  title.length <= labelCharsMax ? title : `${title.slice(0, labelCharsMax - 1)}…`;

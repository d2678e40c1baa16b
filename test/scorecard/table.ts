import type { Score } from './score.ts';

/** The scorecard as a Markdown table, with its seconds on a clock that is compressed. */
export function scoreTable(scores: readonly Score[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row([...headings]),
    row(headings.map(() => '---')),
    ...scores.map((score) => row(cellsOf(score))),
  ].join('\n');
}

const headings = [
  'fault',
  'expected',
  'alert after',
  'budget spent',
  'cleared after',
  'other pages',
  'beside it',
  'dashboard',
  'trace',
  '',
] as const;

function cellsOf(score: Score): string[] {
  return [
    `\`${score.fault}\``,
    score.expected,
    time(score.secondsToAlert, score.timeScale),
    score.budgetSpent === undefined ? '–' : `${(score.budgetSpent * 100).toFixed(2)} %`,
    time(score.clearedAfterSeconds, score.timeScale),
    score.otherPages.join(', ') || 'none',
    score.beside.join(', ') || '–',
    yes(score.dashboard),
    yes(score.trace),
    score.ok ? 'ok' : '**no**',
  ];
}

/** What the clock said, and what that is at full length. */
function time(seconds: number | undefined, timeScale: number): string {
  if (seconds === undefined) return '**never**';
  return `${seconds.toFixed(0)} s (${((seconds * timeScale) / 60).toFixed(1)} min)`;
}

function yes(found: boolean | undefined): string {
  if (found === undefined) return '–';
  return found ? 'yes' : '**no**';
}

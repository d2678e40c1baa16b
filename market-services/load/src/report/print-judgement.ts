import { styleText } from 'node:util';
import { hitRatioPromised } from './cache-hits.ts';
import type { Judgement } from './judge-load.ts';
import { wasKept } from './slo-verdict.ts';
import type { PromiseVerdict } from './slo-verdict.ts';

/** The judgement as lines for people: the cache, and a row per promise. */
export function printJudgement({ verdicts, cacheHitRatio }: Judgement): string[] {
  return [...cacheLines(cacheHitRatio), ...verdictLines(verdicts)];
}

/** The judgement as part of a result in JSON; times in seconds. */
export function judgementJson({ verdicts, cacheHitRatio }: Judgement) {
  const promises = verdicts.state === 'judged' ? verdicts.promises : [];
  return {
    cacheHitRatio: cacheHitRatio ?? null,
    verdicts: {
      state: verdicts.state,
      promises: promises.map((one) => ({ ...one, kept: wasKept(one) ?? null })),
    },
  };
}

function cacheLines(ratio: number | undefined): string[] {
  if (ratio === undefined) return [];
  return [`cache      ${percent(ratio)} of look-ups hit (promised ${percent(hitRatioPromised)})`];
}

function verdictLines(verdicts: Judgement['verdicts']): string[] {
  switch (verdicts.state) {
    case 'elsewhere':
      return [styleText('dim', 'promises   not judged: the load went to another gateway')];
    case 'silent':
      return [styleText('dim', 'promises   not judged: no SLO service answered')];
    case 'judged':
      return promiseTable(verdicts.promises);
  }
}

function promiseTable(promises: readonly PromiseVerdict[]): string[] {
  const width = Math.max(8, ...promises.map(({ id }) => id.length));
  const row = (name: string, cells: readonly string[]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(9))].join('  ');
  return [
    '',
    row('promise', ['target', 'kept to', 'down', 'MTTR', 'MTTF', 'MTBF']),
    ...promises.map((one) => `${row(one.id, cells(one))}  ${mark(one)}`),
  ];
}

function cells({ target, figures }: PromiseVerdict): string[] {
  const { downSeconds, mttrSeconds, mttfSeconds, mtbfSeconds, eventAvailability } = figures;
  return [
    percent(target),
    eventAvailability === null ? '–' : percent(eventAvailability),
    ...[downSeconds, mttrSeconds, mttfSeconds, mtbfSeconds].map((seconds) =>
      seconds === null ? '–' : `${(seconds / 60).toFixed(2)} min`,
    ),
  ];
}

function mark(verdict: PromiseVerdict): string {
  const kept = wasKept(verdict);
  if (kept === undefined) return styleText('dim', 'no events');
  return kept ? styleText('green', '✓ kept') : styleText('red', '✗ broken');
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 100_000) / 1000} %`;
}

import type { ObjectiveList, ObjectiveStatus } from '@sprout/slo-service/api';
import type { Dictionary } from '../i18n/dictionary.ts';

type Counts = ObjectiveList['counts'];

/** Counts the verdicts in words: `2 of 13 promises broken, 1 at risk`. */
export function headlineWords(counts: Counts, t: Dictionary): string {
  const { broken, at_risk, unknown, kept } = counts;
  const total = String(broken + at_risk + unknown + kept);
  if (total === '0') return t.headlineNone;
  if (broken + at_risk + unknown === 0) return t.headlineAllKept(total);
  const words: string[] = [];
  if (broken > 0) words.push(t.headlineBroken(String(broken), total));
  if (at_risk > 0) words.push(t.headlineAtRisk(String(at_risk)));
  if (unknown > 0) words.push(t.headlineUnknown(String(unknown)));
  if (broken === 0) words.push(t.headlineKept(String(kept), total));
  return words.join(', ');
}

/** The worst verdict there is; unknown counts as worse than kept, never as fine. */
export function worstVerdict(counts: Counts): ObjectiveStatus['verdict'] {
  const order = ['broken', 'at_risk', 'unknown'] as const;
  return order.find((verdict) => counts[verdict] > 0) ?? 'kept';
}

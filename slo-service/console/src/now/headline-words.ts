import type { ObjectiveStatus } from '@sprout/slo-service/api';
import type { Dictionary } from '../i18n/dictionary.ts';
import { trustedVerdict } from '@sprout/slo-service/standing';

type Judged = Pick<ObjectiveStatus, 'verdict' | 'state'>;

/** Counts the verdicts in words: `2 of 13 promises broken, 1 at risk`. */
export function headlineWords(items: readonly Judged[], t: Dictionary): string {
  if (items.length === 0) return t.headlineNone;
  const broken = count(items, 'broken');
  const risky = count(items, 'at_risk');
  const unknown = count(items, 'unknown');
  if (broken + risky + unknown === 0) return t.headlineAllKept(String(items.length));
  const words: string[] = [];
  if (broken > 0) words.push(t.headlineBroken(String(broken), String(items.length)));
  if (risky > 0) words.push(t.headlineAtRisk(String(risky)));
  if (unknown > 0) words.push(t.headlineUnknown(String(unknown)));
  if (broken === 0) words.push(t.headlineKept(String(count(items, 'kept')), String(items.length)));
  return words.join(', ');
}

/** The worst verdict there is; unknown counts as worse than kept, never as fine. */
export function worstVerdict(items: readonly Judged[]): ObjectiveStatus['verdict'] {
  const order = ['broken', 'at_risk', 'unknown'] as const;
  return order.find((verdict) => count(items, verdict) > 0) ?? 'kept';
}

function count(items: readonly Judged[], verdict: ObjectiveStatus['verdict']): number {
  return items.filter((item) => trustedVerdict(item) === verdict).length;
}

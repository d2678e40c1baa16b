import type { CounterSelection } from '@sprout/signals';

type Matcher = CounterSelection['matchers'][number];

/**
 * The values that a matcher names one by one; undefined for a pattern, which only Prometheus'
 * own engine may judge.
 */
export function literalsOf({ op, value }: Matcher): readonly string[] | undefined {
  if (op === '=' || op === '!=') return [value];
  const parts = value.split('|');
  const literals = parts.map((part) => part.replace(/\\([.*+?^${}()|[\]\\])/g, '$1'));
  const isPlain = parts.every((part) => !/[.*+?^${}()[\]\\]/.test(part.replace(/\\./g, '')));
  // An escaped bar ends with the backslash that escapes it.
  return isPlain && !parts.some((part) => /(^|[^\\])(\\\\)*\\$/.test(part)) ? literals : undefined;
}

/** Whether labels satisfy all matchers, which are of literals; an absent label is an empty one. */
export function matchesAll(
  matchers: readonly Matcher[],
): (labels: Readonly<Record<string, string>>) => boolean {
  const conditions = matchers.map((matcher) => ({
    label: matcher.label,
    isWanted: matcher.op === '=' || matcher.op === '=~',
    literals: literalsOf(matcher) ?? [],
  }));
  return (labels) =>
    conditions.every(
      ({ label, isWanted, literals }) => literals.includes(labels[label] ?? '') === isWanted,
    );
}

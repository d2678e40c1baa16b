import type { CounterSelection } from '@sprout/signals';

/** What a latency promise counts as good when it is answered within another threshold. */
export function goodWithin<S extends CounterSelection>(
  good: readonly S[],
  thresholdSeconds: number,
): S[] {
  return good.map((selection) => ({
    ...selection,
    matchers: selection.matchers.map((matcher) =>
      matcher.label === 'le' && Number(matcher.value) !== thresholdSeconds
        ? { ...matcher, value: String(thresholdSeconds) }
        : matcher,
    ),
  }));
}

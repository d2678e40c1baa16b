import { targetKey } from './targets.ts';
import type { MeterState } from './meter-state.ts';
import type { MeterRules } from './rules.ts';

/**
 * Forgets targets that were not up for long, and series without samples for as long whose target
 * is gone or has restarted since, so that a fleet that renames its targets does not fill the
 * memory. A series that its process may show again is kept: it would count from zero once more.
 */
export function forgetVanished(
  state: MeterState,
  { forgetMs }: Pick<MeterRules, 'forgetMs'>,
): void {
  const beforeMs = state.frontierMs - forgetMs;
  for (const [target, { lastUpMs }] of state.targets) {
    if (lastUpMs !== null && lastUpMs < beforeMs) state.targets.delete(target);
  }
  for (const { series } of state.selections.values()) {
    for (const [key, { timeMs }] of series) {
      if (timeMs < beforeMs && !mayReturn(state, key, timeMs)) series.delete(key);
    }
  }
}

function mayReturn({ targets }: MeterState, key: string, seenMs: number): boolean {
  const pairs: [string, string][] = JSON.parse(key);
  const target = targets.get(targetKey(Object.fromEntries(pairs)));
  if (target === undefined) return false;
  return target.startSeconds === null || target.startSeconds * 1000 <= seenMs;
}

import { parseDuration } from '@sprout/query';
import type { CompiledHint } from './compiled.ts';

const usual: Readonly<Partial<Record<CompiledHint['of'], string>>> = {
  changes: '15m',
  forecast: '6h',
  absence: '1h',
};

/** Seconds that an alert of a signal looks back, before time compression; 0 for the newest sample. */
export function windowOf(hint: CompiledHint): number {
  const { against } = hint;
  if (against !== undefined && 'over' in against) return parseDuration(against.over);
  return ownWindowOf(hint);
}

/** Seconds of the window itself, not of what it is compared with. */
export function ownWindowOf({ of, window }: CompiledHint): number {
  if (of === 'value' || of === 'count' || of === 'age' || of === 'left') return 0;
  return parseDuration(window ?? usual[of] ?? '5m');
}

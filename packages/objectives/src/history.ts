import type { FormerPromise, Slice } from './objective.ts';
import type { Window } from './window.ts';

/** What of a promise can change while it stays the same promise. */
export interface Terms {
  readonly target: number;
  readonly window: Window;
  /** Time slices only. */
  readonly goodRatioMin: number | null;
  /** Latency only; each minute of the ledger was counted by the one in force. */
  readonly thresholdSeconds: number | null;
}

/** Terms and since when they were in force, Unix milliseconds; the first of a history: null. */
export interface DatedTerms extends Terms {
  readonly fromMs: number | null;
}

interface Promised {
  readonly target: number;
  readonly window: Window;
  readonly before: readonly FormerPromise[];
  readonly sli: {
    readonly thresholdSeconds?: number | undefined;
    readonly slice?: Pick<Slice, 'goodRatioMin'> | undefined;
  };
}

/** What an objective promises now. */
export function termsOf({ target, window, sli }: Promised): Terms {
  return {
    target,
    window,
    goodRatioMin: sli.slice?.goodRatioMin ?? null,
    thresholdSeconds: sli.thresholdSeconds ?? null,
  };
}

/** The terms that an objective declares, oldest first; the last are its present ones. */
export function declaredHistory(objective: Promised): DatedTerms[] {
  const present = termsOf(objective);
  const { before } = objective;
  const former = before.map((said, index) => ({
    ...present,
    ...defined(said),
    fromMs: untilMs(before[index - 1]),
  }));
  return [...former, { ...present, fromMs: untilMs(before.at(-1)) }];
}

/** The terms in force at an instant. */
export function termsAt<T extends DatedTerms>(history: readonly T[], atMs: number): T {
  const found = history.findLast(({ fromMs }) => fromMs === null || fromMs <= atMs) ?? history[0];
  if (found === undefined) throw new RangeError('a history has at least one entry');
  return found;
}

function untilMs(former: FormerPromise | undefined): number | null {
  return former === undefined ? null : Date.parse(former.until);
}

function defined({ target, window, goodRatioMin, withinMs }: FormerPromise) {
  return {
    ...(target !== undefined && { target }),
    ...(window !== undefined && { window }),
    ...(goodRatioMin !== undefined && { goodRatioMin }),
    ...(withinMs !== undefined && { thresholdSeconds: withinMs / 1000 }),
  };
}

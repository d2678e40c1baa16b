import type { Remark } from '@sprout/objectives';
import type { Signal } from '@sprout/signals';

/** What promises can be made of. */
export interface Watched {
  readonly signals: readonly WatchedSignal[];
  readonly services: readonly string[];
  readonly scrapeIntervalSeconds: number;
}

/** A signal as declared or as compiled, as far as checks look at it. */
export interface WatchedSignal {
  readonly kind: Signal['kind'];
  readonly name: string;
  readonly type?: string;
  readonly labels?: Readonly<Record<string, 'any' | readonly string[]>>;
  readonly buckets?: readonly number[] | undefined;
}

/** Something that makes a promise impossible, and what to do about it. */
export interface DeclarationProblem {
  readonly objective: string;
  /** Where in the declaration, for example `sli.good`. */
  readonly path: string;
  readonly what: Remark;
  readonly fix: Remark;
}

import type { CounterSelection } from '@sprout/signals';
import { naming } from './naming.ts';
import type { Naming, Words } from './naming.ts';
import { placed } from './place.ts';
import type { Window } from './window.ts';

/**
 * What is counted. `valid`, `good` and `bad` are sums over sets of counter series; exactly one of
 * `good` and `bad` is given, the other is the rest of `valid`. A time slice judges what is counted
 * slice by slice; a composite counts nothing itself.
 */
export interface Sli {
  readonly kind: 'availability' | 'latency' | 'events' | 'time-slice' | 'composite';
  /** Empty when scrapes are counted, and in a composite. */
  readonly valid: readonly CounterSelection[];
  readonly good?: readonly CounterSelection[];
  readonly bad?: readonly CounterSelection[];
  /** Latency: an event is good when it was answered within this many seconds. */
  readonly thresholdSeconds?: number;
  /** Services whose scrapes are the events: a scrape in vain, `up == 0`, is a bad one. */
  readonly up?: readonly string[];
  /** Time slice only. */
  readonly slice?: Slice;
  /** Composite only. */
  readonly composite?: Composite;
}

/** When a slice of time is good. Minutes are counted then, not events. */
export interface Slice {
  /** Good from this fraction of good events on. */
  readonly goodRatioMin: number;
  /** Length of a slice; slices begin at whole multiples of it since the epoch. */
  readonly minutes: number;
  /** What a slice is that was measured and had no event; `skip` leaves it out. */
  readonly noTraffic: NoTraffic;
}

export type NoTraffic = 'skip' | 'good' | 'bad';

/** Which minutes of a composite are good, from those of its members. */
export interface Composite {
  /** `all` is good when every member is, `any` when at least one is. */
  readonly rule: 'all' | 'any';
  /** Ids of its members. */
  readonly of: readonly string[];
  /**
   * A member's minute that was not measured: `unknown` leaves the minute out unless the others
   * decide it, `ignore` asks the others alone, `bad` counts as bad.
   */
  readonly unmeasured: Unmeasured;
}

export type Unmeasured = 'unknown' | 'ignore' | 'bad';

/** A promise as it was until an instant; what is not named was as it is now. */
export interface FormerPromise {
  /** ISO 8601 with an offset; exclusive. */
  readonly until: string;
  readonly target?: number | undefined;
  readonly window?: Window | undefined;
  /** Time slices only. */
  readonly goodRatioMin?: number | undefined;
  /** Latency only: the bucket that good events were counted by. */
  readonly withinMs?: number | undefined;
}

/** Something promised. Plain data; rules, alerts, dashboards, API and reports derive from it. */
export interface Objective extends Naming {
  readonly id: string;
  /** The team or service that answers for it. */
  readonly owner: string;
  /** Fraction of valid events that are good, for example 0.99. */
  readonly target: number;
  readonly window: Window;
  /** True for what users feel; false opens tickets only. */
  readonly pages: boolean;
  /** False: reported only, no alert at all. */
  readonly alerts: boolean;
  /** Objectives with the same page group share one page, for example all of one route. */
  readonly pageGroup: string;
  /** Ids of objectives whose failure would explain this one. */
  readonly dependsOn: readonly string[];
  /** Labels whose values have a budget each, beside the whole. */
  readonly groupBy: readonly string[];
  /** Label sets with a budget of their own; later ones share the group `other`. */
  readonly groupsMax: number;
  /** What was promised before, oldest first. */
  readonly before: readonly FormerPromise[];
  readonly sli: Sli;
}

export interface ObjectiveOptions {
  /** What is promised; the id unless given. */
  readonly title?: Words;
  /** What it is about, as its owner says: `{ en: 'Orders', ko: '주문' }`. */
  readonly name?: Words | undefined;
  readonly owner: string;
  readonly target: number;
  readonly window: Window;
  readonly pages?: boolean;
  /** True unless given; false for composites, whose members alert. */
  readonly alerts?: boolean;
  readonly pageGroup?: string;
  readonly dependsOn?: readonly Objective[];
  readonly groupBy?: readonly string[];
  readonly groupsMax?: number;
  readonly before?: readonly FormerPromise[];
  readonly sli: Sli;
}

/** Groups of an objective that says nothing else. */
export const defaultGroupsMax = 50;

/**
 * Declares a promise.
 * @example
 * export const orderLatency = objective('order-latency', {
 *   owner: 'order', target: 0.99, window: rolling('30d'), pages: true, dependsOn: [orderDb],
 *   sli: latency(gatewayRequestDuration.where({ route: 'order' }), { withinMs: 2000 }),
 * });
 */
export function objective(id: string, options: ObjectiveOptions): Objective {
  const declared = Object.freeze({
    id,
    ...naming(id, options.title, options.name),
    owner: options.owner,
    target: options.target,
    window: options.window,
    pages: options.pages ?? false,
    alerts: options.alerts ?? options.sli.kind !== 'composite',
    pageGroup: options.pageGroup ?? id,
    dependsOn: (options.dependsOn ?? []).map((cause) => cause.id),
    groupBy: [...(options.groupBy ?? [])],
    groupsMax: options.groupsMax ?? defaultGroupsMax,
    before: [...(options.before ?? [])],
    sli: options.sli,
  });
  return placed(declared);
}

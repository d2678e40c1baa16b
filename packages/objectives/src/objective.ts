import type { CounterSelection } from '@sprout/signals';
import type { Window } from './window.ts';

/**
 * What is counted. All three are sums over sets of counter series; exactly one of `good` and
 * `bad` is given, the other is the rest of `valid`.
 */
export interface Sli {
  readonly kind: 'availability' | 'latency' | 'events';
  readonly valid: readonly CounterSelection[];
  readonly good?: readonly CounterSelection[];
  readonly bad?: readonly CounterSelection[];
  /** Latency only: an event is good when it was answered within this many seconds. */
  readonly thresholdSeconds?: number;
}

/** Something promised. Plain data; rules, alerts, dashboards, API and reports derive from it. */
export interface Objective {
  readonly id: string;
  /** What is promised, in words. */
  readonly title: string;
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
  readonly sli: Sli;
}

export interface ObjectiveOptions {
  readonly title?: string;
  readonly owner: string;
  readonly target: number;
  readonly window: Window;
  readonly pages?: boolean;
  readonly alerts?: boolean;
  readonly pageGroup?: string;
  readonly dependsOn?: readonly Objective[];
  readonly sli: Sli;
}

/**
 * Declares a promise.
 * @example
 * export const orderLatency = objective('order-latency', {
 *   owner: 'order', target: 0.99, window: rolling('30d'), pages: true, dependsOn: [orderDb],
 *   sli: latency(gatewayRequestDuration.where({ route: 'order' }), { withinMs: 2000 }),
 * });
 */
export function objective(id: string, options: ObjectiveOptions): Objective {
  return Object.freeze({
    id,
    title: options.title ?? id,
    owner: options.owner,
    target: options.target,
    window: options.window,
    pages: options.pages ?? false,
    alerts: options.alerts ?? true,
    pageGroup: options.pageGroup ?? id,
    dependsOn: (options.dependsOn ?? []).map((cause) => cause.id),
    sli: options.sli,
  });
}

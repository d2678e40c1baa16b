/** A rule as Prometheus reads it. */
export interface BenchRule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules of one objective that are evaluated together. */
export interface BenchGroup {
  readonly name: string;
  readonly intervalSeconds: number;
  /** Whether alerts need it; the others compute what is left of the budget. */
  readonly purpose: 'alerts' | 'budget';
  readonly rules: readonly BenchRule[];
}

/** When one pair of windows fires, for the simulator. */
export interface SimulatedPair {
  readonly severity: 'page' | 'ticket';
  /** Error ratio that both windows must exceed. */
  readonly ratioAbove: number;
  readonly longMinutes: number;
  readonly shortMinutes: number;
  /** Bad events that must stand in the long window. */
  readonly badEventsMin: number;
  /** How long the condition must hold before anybody is told. */
  readonly forMinutes: number;
  readonly everyMinutes: number;
  /** Windows longer than an hour are means of 5-minute rates; else they read raw samples. */
  readonly averages: boolean;
  /** Fires only where events were measured a long window ago. */
  readonly needsHistory: boolean;
}

/** What a tool makes of one objective: the rules, and the same for the simulator. */
export interface RuleSet {
  readonly tool: 'Sprout' | 'Sloth' | 'Pyrra';
  readonly groups: readonly BenchGroup[];
  /** Names of the paging and of the ticketing alerts in `groups`. */
  readonly alertNames: Readonly<Record<'page' | 'ticket', readonly string[]>>;
  readonly pairs: readonly SimulatedPair[];
}

/** The counter of the simulated service: `outcome` is `good` or `bad`. */
export const requests = 'shop_requests_total';
export const badRequests = `${requests}{outcome="bad"}`;

/** Label values to narrow a signal to: one, one of several, or what an RE2 pattern matches whole. */
export type HintWhere = Readonly<
  Record<string, string | readonly string[] | { readonly matching: string }>
>;

/**
 * What of the signal is compared with the bounds.
 *
 * | look | value | window |
 * |---|---|---|
 * | `value` | the gauge; each series for itself, or its sum when `by` is given | – |
 * | `count` | how many series stand at `equals` | – |
 * | `rate` | events per second | 5m |
 * | `increase` | events | 5m |
 * | `p99` | 99th percentile of a histogram | 5m |
 * | `changes` | how often the gauge changed | 15m |
 * | `age`, `left` | seconds since, or until, the Unix time that the gauge holds | – |
 * | `forecast` | what a line through the window reaches `ahead` of now | 6h |
 * | `absence` | nothing: fires when what was there within the window is gone | 1h |
 */
export const alertLooks = [
  'value',
  'count',
  'rate',
  'increase',
  'p99',
  'changes',
  'age',
  'left',
  'forecast',
  'absence',
] as const;
export type AlertLook = (typeof alertLooks)[number];

/**
 * What the value is divided by before it is compared: another signal looked at in the same way,
 * the signal itself some time `ago`, or its average `over` a longer time.
 */
export type AlertAgainst =
  | { readonly signal: string; readonly where?: HintWhere }
  | { readonly ago: string }
  | { readonly over: string };

/** When a signal is bad. Plain data; alerts/ turns it into a rule, a test and a route. */
export interface AlertHint {
  /** CamelCase name of the alert; one signal has one alert of a name. */
  readonly name: string;
  readonly severity: 'page' | 'ticket' | 'info';
  readonly of: AlertLook;
  /** Narrows the signal, for example to `{ outcome: 'error' }`; all of it without. */
  readonly where?: HintWhere;
  /** Of rates, increases, changes, forecasts and absences, before time compression. */
  readonly window?: string;
  /** How far a forecast looks, for example `4h`, before time compression. */
  readonly ahead?: string;
  /** What a `count` counts. */
  readonly equals?: number;
  readonly against?: AlertAgainst;
  /**
   * Labels that give an alert each; `service` is always one of them. Without, every label of a
   * `value`, `age`, `left` or `forecast`, else the labels that the summary names.
   */
  readonly by?: readonly string[];
  /** What it is divided by must be at least this, so that a quiet night is no alert. */
  readonly atLeast?: number;
  readonly above?: number;
  readonly below?: number;
  /** How long it must hold, for example `5m`, before time compression. */
  readonly for: string;
  /** What it belongs to, for example `mysql`; becomes a label. Without, the signal's owner. */
  readonly component?: string;
  /** Alerts of the same service that say nothing new while this one fires. */
  readonly silences?: readonly string[];
  /** What is happening, for people; may use `{{ $labels.x }}`. */
  readonly summary: string;
  /** What breaks for whom; of no other alert but this one. */
  readonly impact: string;
  /** The first thing to look at or to run. */
  readonly firstStep: string;
}

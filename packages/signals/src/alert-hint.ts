/** When a signal is bad. Plain data; alerts/ turns it into a rule, a test and a runbook. */
export interface AlertHint {
  /** CamelCase name of the alert. */
  readonly name: string;
  readonly severity: 'page' | 'ticket' | 'info';
  /** What of the signal is compared. */
  readonly of: 'value' | 'rate' | 'p99';
  /** Narrows the signal, for example to `{ outcome: 'error' }`; all of it without. */
  readonly where?: Readonly<Record<string, string>>;
  readonly above?: number;
  readonly below?: number;
  /** How long it must hold, for example `5m`, before time compression. */
  readonly for: string;
  /** What is happening, for people; may use `{{ $labels.x }}`. */
  readonly summary: string;
}

/** One matcher of a label: `test` takes the label's value, `''` when the label is absent. */
export interface LabelMatcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  test(value: string): boolean;
}

/** Keeps lines that hold (or, with `!`, do not hold) any of the texts or patterns. */
export interface LineFilter {
  readonly stage: 'line';
  readonly op: '|=' | '!=' | '|~' | '!~';
  readonly texts: readonly string[];
  test(line: string): boolean;
}

/** `| json`: fields of a JSON line become labels. */
export interface JsonStage {
  readonly stage: 'json';
}

/** `| level="error"`: keeps entries by stream label, structured metadata or parsed field. */
export interface LabelStage {
  readonly stage: 'label';
  readonly matcher: LabelMatcher;
}

export type Stage = LineFilter | JsonStage | LabelStage;

export interface LogQuery {
  readonly kind: 'log';
  readonly matchers: readonly LabelMatcher[];
  readonly stages: readonly Stage[];
}

export type RangeFunction = 'count_over_time' | 'rate' | 'bytes_over_time' | 'bytes_rate';

export interface MetricQuery {
  readonly kind: 'metric';
  readonly log: LogQuery;
  readonly fn: RangeFunction;
  readonly rangeMs: number;
  /** Labels of `sum by`; `[]` for plain `sum`; undefined for one series per label set. */
  readonly sumBy: readonly string[] | undefined;
}

/** Arithmetic of constants, which data sources send to see whether anybody answers. */
export interface ConstantQuery {
  readonly kind: 'constant';
  readonly value: number;
}

export type LogQl = LogQuery | MetricQuery | ConstantQuery;

/** The published list. */
export const supportedLogQl =
  '{selector} with = != =~ !~, line filters |= != |~ !~ (with `or`), | json, | label="value", ' +
  'count_over_time, rate, bytes_over_time, bytes_rate over [range], sum and sum by (labels) of one of these';

/** What a condition looks at: an intrinsic of the span, or an attribute. */
export interface Field {
  readonly scope: 'intrinsic' | 'resource' | 'span' | 'any';
  readonly name: string;
}

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '=~' | '!~';

/** A duration is in nanoseconds; a status or kind is its word. */
export type Literal =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'duration'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'word'; readonly value: string };

export interface Condition {
  readonly field: Field;
  readonly op: Operator;
  readonly literal: Literal;
  /** Set for `=~` and `!~`: whether the pattern matches the whole text. */
  readonly matches?: (text: string) => boolean;
}

/** Spans that meet all conditions; `{}` has none. */
export interface TraceQuery {
  readonly conditions: readonly Condition[];
}

/** The published list. */
export const supportedTraceQl =
  '{ conditions joined by && } on resource.x, span.x, .x, name, status (ok, error, unset), kind, duration, ' +
  'with = != > >= < <= =~ !~ against "text", numbers, durations, true and false';

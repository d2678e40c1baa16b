/** One line with its stream, as Loki sees it. */
export interface LogLine {
  readonly labels: Readonly<Record<string, string>>;
  /** Nanoseconds since 1970. */
  readonly timeNs: bigint;
  readonly line: string;
  /** Structured metadata, such as trace_id. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** One text per label set, whatever the order of its labels. */
export function streamKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function labelsOfKey(key: string): Record<string, string> {
  return Object.fromEntries(JSON.parse(key) as [string, string][]);
}

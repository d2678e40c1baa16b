/** Series that the recording rules write, whatever engine evaluates them. */
export interface SliRecording {
  readonly metric: string;
  readonly matchers: readonly {
    readonly label: string;
    readonly op: '=';
    readonly value: string;
  }[];
}

/**
 * The recorded rate of an objective's events per second, numerator and denominator apart.
 * `window` is a duration of the promise's clock, for example `5m`; it keeps its name when time
 * is compressed.
 */
export function sliRecording(
  events: 'bad' | 'valid',
  window: string,
  objective: string,
): SliRecording {
  return {
    metric: `slo:${events}_events:rate${window}`,
    matchers: [{ label: 'objective', op: '=', value: objective }],
  };
}

/** What an objective counts, as declared or as compiled. */
interface Counted {
  readonly sli: {
    readonly valid: unknown;
    readonly good?: unknown;
    readonly bad?: unknown;
    readonly up?: unknown;
    readonly slice?: unknown;
    readonly composite?: unknown;
  };
}

/** Equal for objectives that count the same events, so that these are recorded once. */
export function sliKey({ sli }: Counted): string {
  const { valid, good, bad, up, slice, composite } = sli;
  return JSON.stringify([valid, good ?? null, bad ?? null, up, slice, composite]);
}

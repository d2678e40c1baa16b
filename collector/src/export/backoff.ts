const firstMs = 250;
/** A server that asks for longer is asked again after this. */
const retryAfterMsMax = 60_000;

/**
 * Milliseconds to wait before attempt `attempt` + 1: at most `longestMs`, unless the server asks for
 * more, and jittered so that senders do not march in step.
 */
export function backoffMs(
  attempt: number,
  afterMs: number | undefined,
  longestMs: number,
  random: () => number = Math.random,
): number {
  const growing = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  const jittered = growing * (0.5 + random() / 2);
  return Math.max(jittered, Math.min(afterMs ?? 0, retryAfterMsMax));
}

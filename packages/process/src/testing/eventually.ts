import { setTimeout as sleep } from 'node:timers/promises';

/** How often a condition is looked at; short, because a test waits for the rest of it. */
const pauseMs = 25;

/**
 * Polls until `probe` gives something other than undefined or false, and gives that. A probe that
 * throws is asked again. Throws after the limit, with the probe's last error as its cause.
 */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  let last: unknown = 'it never held';
  while (performance.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    await sleep(pauseMs);
  }
  throw new Error(`waited ${limitMs} ms in vain for: ${what}`, { cause: last });
}

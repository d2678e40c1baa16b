import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** An objective of which it is known whether its promise is kept. */
export interface FirstVerdict {
  readonly id: string;
  readonly verdict: string;
  readonly leftFraction: number | null;
}

const answerSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      verdict: z.string(),
      budget: z.object({ leftFraction: z.number().nullable() }),
    }),
  ),
});

const askEveryMs = 500;
const requestTimeoutMs = 5000;

/**
 * Waits until the service knows of one objective whether it is kept; undefined when the time is
 * over or `signal` aborts. `tell` gets the elapsed seconds.
 */
export async function firstVerdict(
  sloServiceUrl: string,
  timeoutMs: number,
  tell: (elapsedSeconds: number) => void,
  signal: AbortSignal,
): Promise<FirstVerdict | undefined> {
  const began = Date.now();
  while (Date.now() - began < timeoutMs && !signal.aborted) {
    const found = await ask(sloServiceUrl);
    if (found !== undefined) return found;
    tell((Date.now() - began) / 1000);
    await sleep(askEveryMs);
  }
  return undefined;
}

async function ask(sloServiceUrl: string): Promise<FirstVerdict | undefined> {
  try {
    const response = await fetch(`${sloServiceUrl}/api/v1/objectives`, {
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const { items } = answerSchema.parse(await response.json());
    const known = items.find((item) => item.verdict !== 'unknown');
    if (known === undefined) return undefined;
    return { id: known.id, verdict: known.verdict, leftFraction: known.budget.leftFraction };
  } catch {
    // It is being restarted or has no answer yet; the caller's time limit decides.
    return undefined;
  }
}

import { z } from 'zod';
import type { RecordKind } from '../records/record-store.ts';

/** Calls remembered for each policy and objective. */
export const callsMax = 50;

/** One call of a webhook: made at a crossing, tried until it is taken or given up. */
export const policyCallSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** Fraction of the budget that was left. */
  left: z.number(),
  attempts: z.number(),
  /** When it is tried next; null when it was taken or given up. */
  nextAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
  error: z.string().nullable(),
});

/** Where an objective stands to a policy. */
export const policyStateSchema = z.object({
  id: z.string(),
  policy: z.string(),
  objective: z.string(),
  leftBelow: z.number(),
  crossed: z.boolean(),
  /** Oldest first. */
  calls: z.array(policyCallSchema),
});
export type PolicyState = z.output<typeof policyStateSchema>;
export type PolicyCall = z.output<typeof policyCallSchema>;

export const policyKind: RecordKind<PolicyState> = {
  name: 'policy',
  schema: policyStateSchema,
  recordsMax: 20_000,
};

/** A call is given up after as many attempts. */
const attemptsMax = 10;
const retryMs = 15_000;

/** What a reading of the budget makes of a state; the same state when nothing was crossed. */
export function judged(
  state: PolicyState,
  left: number,
  { leftBelow, hysteresis }: { readonly leftBelow: number; readonly hysteresis: number },
  call: { readonly id: string; readonly at: string },
): PolicyState {
  if (state.crossed) {
    return left >= leftBelow + hysteresis ? { ...state, crossed: false } : state;
  }
  if (left >= leftBelow) return state;
  const made = { ...call, left, attempts: 0, nextAt: call.at, deliveredAt: null, error: null };
  return { ...state, crossed: true, calls: [...state.calls, made].slice(-callsMax) };
}

/** A call after an attempt; `error` is null when it was taken. */
export function tried(call: PolicyCall, error: string | null, nowMs: number): PolicyCall {
  const attempts = call.attempts + 1;
  const now = new Date(nowMs).toISOString();
  if (error === null) return { ...call, attempts, nextAt: null, deliveredAt: now, error };
  const again = new Date(nowMs + retryMs * 2 ** call.attempts).toISOString();
  return { ...call, attempts, error, nextAt: attempts < attemptsMax ? again : null };
}

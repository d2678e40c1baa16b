import { createHmac, randomBytes } from 'node:crypto';
import { readSecret } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { Records } from '../records/record-store.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { judged, policyKind, tried } from './policy-state.ts';
import type { PolicyCall, PolicyState } from './policy-state.ts';

type Policy = SproutConfig['policies'][number];

/** Calls webhooks when budgets run low. */
export interface Policies {
  /** Looks at every budget, and tries what is due. */
  run(nowMs: number): Promise<void>;
  list(): readonly PolicyState[];
}

const timeoutMs = 5000;

/** Policies over the budgets that `leftOf` answers; null where nothing was measured. */
export async function openPolicies(
  records: Records,
  config: Pick<SproutConfig, 'policies' | 'objectives'>,
  options: {
    leftOf(objective: ObjectiveConfig, nowMs: number): Promise<number | null>;
    onError(message: string, error: unknown): void;
  },
): Promise<Policies> {
  const store = await records.open(policyKind);
  const look = async (policy: Policy, objective: ObjectiveConfig, nowMs: number) => {
    const id = `${policy.name} ${objective.id}`;
    const left = await options.leftOf(objective, nowMs);
    const call = { id: randomBytes(6).toString('hex'), at: new Date(nowMs).toISOString() };
    const state = store.find(id) ?? (await store.put(id, newState(id, policy, objective)));
    if (left !== null && judged(state, left, policy, call) !== state) {
      await store.change(id, (stored) => judged(stored, left, policy, call));
    }
    const due = store.find(id)?.calls.find((one) => isDue(one, nowMs));
    if (due === undefined) return;
    const error = await send(policy, objective.id, due, nowMs);
    if (error !== null) {
      options.onError(
        `the webhook of the policy ${policy.name} did not take ${objective.id}`,
        error,
      );
    }
    await store.change(id, (stored) => ({
      ...stored,
      calls: stored.calls.map((one) => (one.id === due.id ? tried(one, error, nowMs) : one)),
    }));
  };
  return {
    run: async (nowMs) => {
      for (const policy of config.policies) {
        for (const objective of concerned(policy, config.objectives)) {
          try {
            await look(policy, objective, nowMs);
          } catch (error) {
            options.onError(
              `the policy ${policy.name} cannot be applied to ${objective.id}`,
              error,
            );
          }
        }
      }
    },
    list: store.all,
  };
}

const isDue = ({ nextAt }: PolicyCall, nowMs: number) =>
  nextAt !== null && Date.parse(nextAt) <= nowMs;

const concerned = ({ objectives }: Policy, all: readonly ObjectiveConfig[]) =>
  all.filter(({ id, pages }) => objectives?.includes(id) ?? pages);

const newState = (id: string, { name, leftBelow }: Policy, objective: ObjectiveConfig) => ({
  id,
  policy: name,
  objective: objective.id,
  leftBelow,
  crossed: false,
  calls: [],
});

/** Null when the webhook took it. The id is the same at every attempt, so that it can tell. */
async function send(policy: Policy, objective: string, call: PolicyCall, nowMs: number) {
  const { id, at, left } = call;
  const body = JSON.stringify({
    id,
    at,
    policy: policy.name,
    objective,
    left,
    leftBelow: policy.leftBelow,
  });
  try {
    const response = await fetch(policy.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...signature(policy, body, nowMs),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? null : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * HMAC-SHA256 over `<seconds>.<body>`, so that an old call cannot be sent again.
 * Throws SproutError `SECRET_MISSING`: what is to be signed is never sent without.
 */
function signature(policy: Policy, body: string, nowMs: number) {
  const secret = secretOf(policy);
  if (secret === undefined) return undefined;
  const seconds = Math.floor(nowMs / 1000);
  const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { 'sprout-signature': `t=${seconds},v1=${hmac}` };
}

/** Undefined for a policy that names none. */
function secretOf({ secretFile, secretEnv }: Policy): string | undefined {
  if (secretFile !== undefined) return readSecret({ file: secretFile }).trim();
  return secretEnv === undefined ? undefined : readSecret({ env: secretEnv }).trim();
}

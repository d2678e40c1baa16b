import { resolve } from 'node:path';
import { z } from 'zod';

/** What happens when a budget runs low: a webhook is called, once for each crossing. */
export const policySchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'write small letters, digits and hyphens'),
  /** Ids; those that page unless given. */
  objectives: z.array(z.string()).min(1).optional(),
  /** The webhook is called when less than this fraction of the budget is left. */
  leftBelow: z.number().min(-10).max(1),
  /** It is called again only after that much more than `leftBelow` was left. */
  hysteresis: z.number().min(0).max(1).default(0.05),
  url: z.url({ protocol: /^https?$/ }),
  /** File, or variable of the environment, with the secret that calls are signed with. */
  secretFile: z.string().optional(),
  secretEnv: z.string().optional(),
});
/** A policy as `sprout.config.ts` says it. */
export type PolicyInput = z.input<typeof policySchema>;

/** Objectives that a policy names and nobody declares: its webhook would never be called. */
export function policyProblems(input: {
  readonly policies?: readonly PolicyInput[];
  readonly objectives: readonly { readonly id: string }[];
}): string[] {
  const known = new Set(input.objectives.map(({ id }) => id));
  return (input.policies ?? []).flatMap(({ name, objectives = [] }) =>
    objectives
      .filter((id) => !known.has(id))
      .map((id) => `policies: ${name} names "${id}", which is no objective; write the id of one`),
  );
}

/** Paths are written relative to the configuration file and compiled absolute. */
export const withSecretPath = (policy: PolicyInput, root: string): PolicyInput => ({
  ...policy,
  secretFile: policy.secretFile && resolve(root, policy.secretFile),
});

import { SproutError } from '@sprout/process';
import { faultNamed } from './catalogue.ts';
import type { FaultName, KnownFault } from './catalogue.ts';
import { unavailable } from './effect/effect.ts';
import { claimOf } from './effect/effects.ts';
import type { FaultEffect } from './fault.ts';

/** Throws `FAULT_UNAVAILABLE` for a fault that needs other data servers. */
export function refuseElsewhere({ name, data }: KnownFault, actual: 'single' | 'cluster'): void {
  if (data === undefined || data === actual) return;
  throw unavailable(`${name} needs the market with --data ${data}`, `./sprout up --data ${data}`);
}

/** Throws `FAULT_CONFLICT` for effects that take what an active fault has. */
export function refuseConflict(
  effects: readonly FaultEffect[],
  active: readonly FaultName[],
): void {
  const claims = effects.flatMap((effect) => claimOf(effect) ?? []);
  for (const name of active) {
    const taken = faultNamed(name)
      .effects.map(claimOf)
      .find((claim) => claim && claims.includes(claim));
    if (taken === undefined) continue;
    throw new SproutError('FAULT_CONFLICT', `${name} is active and has ${taken}`, {
      hint: `./sprout fault stop ${name}`,
    });
  }
}

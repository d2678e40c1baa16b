import { setServiceFlags } from '../../../../src/faults/service-flags.ts';
import type { ServiceFlags } from '../../../../src/faults/service-flags.ts';
import type { Effect } from './effect.ts';

/** Asks a service to misbehave; it looks at its flags twice a second. */
export function flagsEffect(
  place: { readonly dataDir: string },
  service: string,
  flags: ServiceFlags,
): Effect {
  return {
    begin: async () => setServiceFlags(place, service, flags),
    end: async () => setServiceFlags(place, service, undefined),
  };
}

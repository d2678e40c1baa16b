import { SproutError } from '@sprout/process';

/** A fault that can be injected, and what it should lead to. */
export interface Fault {
  readonly name: string;
  readonly summary: string;
  /** Delay of every chunk that clients of a proxy send. */
  readonly delay: { readonly proxy: string; readonly ms: number };
}

export const faults: readonly Fault[] = [
  {
    name: 'product-db-slow',
    summary: 'every query of the product service takes 2.5 s longer',
    delay: { proxy: 'product-db', ms: 2500 },
  },
];

/** The fault of that name; throws SproutError `FAULT_UNKNOWN` listing those there are. */
export function faultNamed(name: string): Fault {
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault !== undefined) return fault;
  throw new SproutError('FAULT_UNKNOWN', `there is no fault "${name}"`, {
    hint: `faults: ${faults.map((known) => known.name).join(', ')}`,
  });
}

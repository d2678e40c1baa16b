import { z } from 'zod';

const signedMax = 2n ** 63n - 1n;

/** A 64-bit id as a string, because a JSON number loses digits beyond 2^53. */
export const tsidSchema = z
  .string()
  .regex(/^\d{1,19}$/, 'must be a decimal number as a string')
  .refine((id) => !/^\d{1,19}$/.test(id) || BigInt(id) <= signedMax, 'must fit in 64 bits')
  .meta({ example: '742891234567890123' });

/** Text for one line: no control characters, no markup, and not only spaces. */
export function lineSchema(lengthMax: number) {
  return textSchema(lengthMax)
    .trim()
    .min(1)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters');
}

/**
 * Text of any lines. What a browser would take for a tag is refused: nobody's page has to be
 * trusted to escape it.
 */
export function textSchema(lengthMax: number) {
  return z
    .string()
    .max(lengthMax)
    .regex(/^(?![^]*<[A-Za-z!/?])/, 'must not contain markup');
}

/** Refuses a change that changes nothing. */
export function atLeastOneField(change: object): boolean {
  return Object.keys(change).length > 0;
}

/** What a resource's `modifiedDate` and its like hold. */
export const instantSchema = z.iso.datetime().meta({ example: '2026-03-01T09:30:00.000Z' });

/** A change without the fields that were not given. */
export function defined<T extends object>(
  change: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

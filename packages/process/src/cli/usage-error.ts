import { SproutError } from '../error.ts';

/** The command line was not understood: exit code 2. */
export const usageCode = 'USAGE';

export function usageError(message: string, hint: string): SproutError {
  return new SproutError(usageCode, message, { hint });
}

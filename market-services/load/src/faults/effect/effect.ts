import { SproutError } from '@sprout/process';

/** Something that is being done to a running market. */
export interface Effect {
  /** Rejects with `FAULT_UNAVAILABLE` when it cannot be had here; nothing is changed then. */
  begin(): Promise<void>;
  /** Puts things back; safe when nothing was begun, and when it was begun by an earlier process. */
  end(): Promise<void>;
}

/** Says why an effect cannot be had here. */
export function unavailable(message: string, hint: string): SproutError {
  return new SproutError('FAULT_UNAVAILABLE', message, { hint });
}

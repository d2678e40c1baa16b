import type { SproutConfig } from '@sprout/process';
import type { CompiledAlertHint } from '@sprout/signals';

/** A signal as it stands in the compiled configuration. */
export type CompiledSignal = SproutConfig['signals'][number];

/** One alert that such a signal declares. */
export type CompiledHint = CompiledAlertHint;

import type { SproutConfig } from '@sprout/process';

/** A promise as the configuration has it. */
export type ObjectiveConfig = SproutConfig['objectives'][number];

import type { RedisClient } from '@sprout/data';
import type { RedisStreamsLimits } from './redis-streams-limits.ts';
import type { Telemetry } from './telemetry.ts';

/** What every part of a consumer works with. */
export interface ConsumerParts {
  readonly redis: RedisClient;
  /** A connection of its own: a blocked read holds up every command behind it. */
  readonly blocking: RedisClient;
  readonly telemetry: Telemetry;
  readonly limits: RedisStreamsLimits;
}

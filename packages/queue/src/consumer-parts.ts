import type { Redis } from 'ioredis';
import type { RedisStreamsLimits } from './redis-streams-limits.ts';
import type { Telemetry } from './telemetry.ts';

/** What every part of a consumer works with. */
export interface ConsumerParts {
  readonly redis: Redis;
  /** A connection of its own: a blocked read holds up every command behind it. */
  readonly blocking: Redis;
  readonly telemetry: Telemetry;
  readonly limits: RedisStreamsLimits;
}

import type { RedisClient } from '@sprout/data';
import type { SproutConfig } from '@sprout/process';
import { instanceIdentities } from '@sprout/process/supervisor';
import type { Redis } from 'ioredis';
import type { FaultEffect, ProxyName } from '../fault.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import { deployEffect } from './deploy-effect.ts';
import { unavailable } from './effect.ts';
import type { Effect } from './effect.ts';
import { flagsEffect } from './flags-effect.ts';
import { idleReason } from './idle-reason.ts';
import { poisonEffect } from './poison-effect.ts';
import { processEffect } from './process-effect.ts';
import { proxyEffect } from './proxy-effect.ts';
import { replicaDelayEffect } from './replica-delay-effect.ts';
import { roleEffect } from './role-effect.ts';
import { redisMemoryEffect } from './redis-memory-effect.ts';
import { smallDiskEffect } from './small-disk-effect.ts';

/** What effects work on. */
export interface EffectParts {
  readonly place: SproutConfig;
  readonly proxies: Readonly<Partial<Record<ProxyName, Pick<TcpProxy, 'disturb'>>>>;
  /** Connects to Redis, past the proxy; the effect disconnects. */
  connectRedis(): RedisClient;
  /** Connects to each server of Redis as its administrator, by name; the effect disconnects. */
  readonly redisServers: ReadonlyMap<string, () => Redis>;
  sloServiceUrl(): string | undefined;
  warn(message: string): void;
}

/** Makes what a fault declares real; it cannot begin where it would change nothing. */
export function effectOf(declared: FaultEffect, parts: EffectParts): Effect {
  const idle = idleReason(declared, parts.place.market);
  if (idle === undefined) return realEffectOf(declared, parts);
  const refuse = async () => {
    throw unavailable(idle.reason, idle.hint);
  };
  return { begin: refuse, end: async () => undefined };
}

function realEffectOf(declared: FaultEffect, parts: EffectParts): Effect {
  switch (declared.kind) {
    case 'proxy':
      return proxyEffect(parts.proxies[declared.proxy], declared.disturbance, declared.flapSeconds);
    case 'process':
      return processEffect(
        declared.process,
        () => instanceIdentities(parts.place.dataDir, declared.process),
        declared.how,
      );
    case 'role':
      return roleEffect(parts, declared.role, declared.how);
    case 'replica-delay':
      return replicaDelayEffect(parts.place, declared.seconds);
    case 'flags':
      return flagsEffect(parts.place, declared.service, declared.flags);
    case 'redis-memory':
      return redisMemoryEffect([...parts.redisServers.values()]);
    case 'poison':
      return poisonEffect(parts.connectRedis, declared.stream);
    case 'small-disk':
      return smallDiskEffect(parts.place);
    case 'deploy':
      return deployEffect(parts.sloServiceUrl, declared, parts.warn);
  }
}

/** What an effect takes for itself; two faults that share it cannot be active at once. */
export function claimOf(effect: FaultEffect): string | undefined {
  switch (effect.kind) {
    case 'proxy':
      return `the proxy ${effect.proxy}`;
    case 'process':
      return `the process ${effect.process}`;
    case 'flags':
      return `the flags of ${effect.service}`;
    case 'role':
      return `the ${effect.role}`;
    case 'replica-delay':
    case 'redis-memory':
    case 'poison':
    case 'small-disk':
      return effect.kind;
    case 'deploy':
      return undefined;
  }
}

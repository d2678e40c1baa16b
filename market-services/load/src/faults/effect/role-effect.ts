import { mariadbNames } from '@sprout/data/servers';
import { addressOf, listener } from '@sprout/process';
import { processIdentity } from '@sprout/process/supervisor';
import type { ClusterRole } from '../fault.ts';
import { unavailable } from './effect.ts';
import type { Effect } from './effect.ts';
import type { EffectParts } from './effects.ts';
import { processEffect } from './process-effect.ts';
import { withRedis } from './with-redis.ts';

type Parts = Pick<EffectParts, 'place' | 'redisServers'>;

/**
 * Kills or stops whichever server has a role when the fault begins. The end lets all that could
 * have had it go on: by then another has the role.
 */
export function roleEffect(parts: Parts, role: ClusterRole, how: 'down' | 'paused'): Effect {
  const { names, find } = role === 'mysql-primary' ? mysqlPrimary(parts) : redisMaster(parts);
  const alone = (name: string) => [processIdentity(parts.place.dataDir, name) ?? []].flat();
  const effects = new Map(names.map((name) => [name, processEffect(name, () => alone(name), how)]));
  return {
    begin: async () => {
      const effect = effects.get((await find()) ?? '');
      if (effect === undefined) {
        throw unavailable(`nobody is ${role} at the moment`, './sprout status shows what runs');
      }
      await effect.begin();
    },
    end: async () => {
      for (const effect of effects.values()) await effect.end();
    },
  };
}

interface Candidates {
  readonly names: readonly string[];
  /** The one that has the role now. */
  find(): Promise<string | undefined>;
}

/** Which of the two it is stands in the run file that the keeper writes. */
function mysqlPrimary({ place }: Parts): Candidates {
  const at = (name: string) => addressOf(place, listener(name, 'mysql'));
  return {
    names: mariadbNames,
    find: async () => mariadbNames.find((name) => at(name) === at('mysql-primary')),
  };
}

function redisMaster({ redisServers }: Parts): Candidates {
  return {
    names: [...redisServers.keys()],
    find: async () => {
      for (const [name, connect] of redisServers) {
        const [role] = await withRedis(connect, (redis) => redis.role());
        if (role === 'master') return name;
      }
      return undefined;
    },
  };
}

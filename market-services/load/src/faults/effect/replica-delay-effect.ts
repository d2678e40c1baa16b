import { mysqlServers } from '@sprout/data/servers';
import type { SproutConfig } from '@sprout/process';
import { unavailable } from './effect.ts';
import type { Effect } from './effect.ts';

/** Lets the replica apply each transaction so many seconds after it was committed. */
export function replicaDelayEffect(config: SproutConfig, seconds: number): Effect {
  /** Whether there was one to delay. */
  const delay = async (wanted: number): Promise<boolean> => {
    const servers = mysqlServers(config);
    try {
      const delayed = await Promise.all(servers.map((server) => server.delayApplying(wanted)));
      return delayed.includes(true);
    } finally {
      for (const server of servers) server.close();
    }
  };
  return {
    begin: async () => {
      if (await delay(seconds)) return;
      throw unavailable('no MySQL replicates at the moment', './sprout status shows what runs');
    },
    end: async () => void (await delay(0)),
  };
}

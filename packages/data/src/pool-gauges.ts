import { dbClientConnections, dbClientPendingRequests } from '@sprout/signals/catalogue';
import type { Telemetry } from './telemetry.ts';

/** Counts what a pool does and shows it as gauges. */
export interface PoolGauges {
  /** Callers that wait for a connection now. */
  waiting(): number;
  whileWaiting<T>(connection: Promise<T>): Promise<T>;
  used(change: 1 | -1): void;
  opened(change: 1 | -1): void;
}

/** Binds the gauges of one pool. */
export function createPoolGauges(telemetry: Telemetry, pool: 'primary' | 'replica'): PoolGauges {
  const connections = telemetry.bind(dbClientConnections);
  const pending = telemetry.bind(dbClientPendingRequests);
  let open = 0;
  let used = 0;
  let waiting = 0;
  const show = () => {
    connections.set({ pool, state: 'used' }, used);
    connections.set({ pool, state: 'idle' }, Math.max(0, open - used));
    pending.set({ pool }, waiting);
  };
  return {
    waiting: () => waiting,
    whileWaiting: async (connection) => {
      waiting += 1;
      show();
      try {
        return await connection;
      } finally {
        waiting -= 1;
        show();
      }
    },
    used: (change) => {
      used += change;
      show();
    },
    opened: (change) => {
      open += change;
      show();
    },
  };
}

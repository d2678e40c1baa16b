import { createPools } from '@sprout/data';
import { quietTelemetry } from '@sprout/data/testing';
import type { TestMarket } from './market.ts';

/** The services that keep something. */
export const storing = ['account', 'order', 'product'] as const;

/** What a market has stored, to see whether anything was written. */
export interface Stored {
  /** A number for every table; it changes with every change. */
  sums(): Promise<unknown>;
  close(): Promise<void>;
}

export function openStored({ config }: Pick<TestMarket, 'config'>): Stored {
  const telemetry = quietTelemetry();
  const databases = storing.map((service) =>
    createPools(config, {
      database: `market_${service}`,
      telemetry,
      ...config.market.databases[service],
    }),
  );
  return {
    sums: () =>
      Promise.all(
        databases.map(async ({ primary }) => {
          const tables = (await primary.rows('SHOW TABLES')).flatMap((row) => Object.values(row));
          const names = tables.map((name) => `\`${String(name)}\``).join(', ');
          return JSON.stringify(await primary.rows(`CHECKSUM TABLE ${names}`));
        }),
      ),
    close: async () => {
      for (const pools of databases) await pools.close();
      await telemetry.shutdown();
    },
  };
}

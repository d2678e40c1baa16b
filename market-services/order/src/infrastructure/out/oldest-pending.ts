import type { Database } from '@sprout/data';
import { z } from 'zod';

/** How long the oldest pending order has been pending; 0 when none is. */
export async function oldestPendingSeconds(database: Database, nowMs: number): Promise<number> {
  const [row] = await database.rows(
    `SELECT MIN(state_since) AS since FROM orders WHERE order_state = 'pending'`,
  );
  const { since } = rowSchema.parse(row);
  return since === null ? 0 : Math.max(0, (nowMs - since.getTime()) / 1000);
}

const rowSchema = z.object({ since: z.date().nullable() });

import { z } from 'zod';
import type { OrderDesk, StepResult } from '../../application/work-through.ts';

const answerWithinMs = 5_000;
const orderPage = z.object({ items: z.array(z.object({ id: z.string() })) });

/**
 * The order service through its own API. A refusal because the order has moved on, or is gone, is
 * no failure; everything else that is not success rejects.
 */
export function createOrderClient(baseUrl: () => string | undefined): OrderDesk {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const base = baseUrl();
    if (base === undefined) throw new Error('order has not published where it listens');
    return fetch(base + path, { ...init, signal: AbortSignal.timeout(answerWithinMs) });
  };
  const step = async (id: string, init: RequestInit): Promise<StepResult> => {
    const response = await ask(`/orders/${id}`, init);
    await response.arrayBuffer();
    if (response.ok) return 'changed';
    if (response.status === 409 || response.status === 404) return 'moved_on';
    throw new Error(`order answered ${response.status} to ${init.method} /orders/${id}`);
  };
  return {
    waiting: async (state, before, page, size) => {
      const query = new URLSearchParams({
        state,
        before: before.toISOString(),
        page: String(page),
        size: String(size),
      });
      const response = await ask(`/orders?${query}`);
      if (!response.ok)
        throw new Error(`order answered ${response.status} to GET /orders?${query}`);
      return orderPage.parse(await response.json()).items.map(({ id }) => id);
    },
    deliver: (id) =>
      step(id, {
        method: 'PATCH',
        body: JSON.stringify({ orderState: 'delivered' }),
        headers: { 'content-type': 'application/json' },
      }),
    remove: (id) => step(id, { method: 'DELETE' }),
  };
}

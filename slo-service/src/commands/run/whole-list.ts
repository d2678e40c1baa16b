import type { CommandContext } from '@sprout/process';
import type { z } from 'zod';
import { askService } from './slo-client.ts';

interface Part {
  readonly items: readonly unknown[];
  /** Cursor of what follows; null at the end. */
  readonly next?: string | null | undefined;
}

/**
 * All parts of a list in one. Each next part stands `behind` the one before; where the list goes
 * back in time from its end, `before` it.
 */
export async function askWholeList<L extends Part>(
  context: CommandContext,
  path: string,
  schema: z.ZodType<L>,
  place: 'behind' | 'before' = 'behind',
): Promise<L> {
  const first = await askService(context, path, schema);
  let items: L['items'][number][] = [...first.items];
  let { next } = first;
  if (!next) return first;
  const more = `${path}${path.includes('?') ? '&' : '?'}cursor=`;
  while (next) {
    const part: L = await askService(context, more + encodeURIComponent(next), schema);
    items = place === 'behind' ? [...items, ...part.items] : [...part.items, ...items];
    next = part.next;
  }
  return { ...first, items, next: null };
}

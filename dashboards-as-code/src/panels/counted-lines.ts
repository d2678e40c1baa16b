import { counter, rateBy } from '@sprout/signals';
import type { CounterSignal, LogSignal } from '@sprout/signals';

/** A log signal as the counter that the collector keeps of its lines, by who wrote them. */
export const countedLines = ({
  name,
  help,
  owner,
}: Pick<LogSignal, 'name' | 'help' | 'owner'>): CounterSignal<{ log_service: 'any' }> =>
  counter(name, {
    help,
    owner,
    panel: rateBy('log_service'),
    labels: { log_service: 'any' },
  });

import type { RowModel } from '@sprout/grafana';
import type { SproutConfig } from '@sprout/process';
import { signalPanel, titled } from './signal-panel.ts';

/** The panels of an owner's signals. */
export function signalRow(owner: string, signals: SproutConfig['signals']): RowModel {
  return {
    title: titled(owner.replaceAll('-', ' ')),
    panels: signals.flatMap((signal) => signalPanel(counted(signal), { width: 12 })),
  };
}

/** The collector counts the lines of a log signal; it is looked at as that counter. */
function counted(signal: SproutConfig['signals'][number]) {
  if (signal.kind === 'metric') return signal;
  const { service: _, pattern: __, ...text } = signal;
  const labels = { log_service: 'any' as const };
  return { ...text, kind: 'metric' as const, type: 'counter' as const, unit: '', labels };
}

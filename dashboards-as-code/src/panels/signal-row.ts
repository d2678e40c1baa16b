import type { RowModel } from '@sprout/grafana';
import type { SproutConfig } from '@sprout/process';
import { signalPanel } from './signal-panel.ts';

/** The panels of an owner's signals. */
export function signalRow(owner: string, signals: SproutConfig['signals']): RowModel {
  return {
    title: owner.charAt(0).toUpperCase() + owner.slice(1),
    panels: signals.flatMap((signal) =>
      signal.kind === 'metric' ? signalPanel(signal, { width: 12 }) : [],
    ),
  };
}

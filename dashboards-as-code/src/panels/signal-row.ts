import type { RowModel } from '@sprout/grafana';
import type { SproutConfig } from '@sprout/process';
import { countedLines } from './counted-lines.ts';
import { signalPanel, titled } from './signal-panel.ts';
import type { SignalPanelOptions } from './signal-panel.ts';

/** The panels of an owner's signals. */
export function signalRow(
  owner: string,
  signals: SproutConfig['signals'],
  options: Pick<SignalPanelOptions, 'where'> = {},
): RowModel {
  return {
    title: titled(owner.replaceAll('-', ' ')),
    panels: signals.flatMap((signal) =>
      signalPanel(signal.kind === 'metric' ? signal : countedLines(signal), {
        ...options,
        width: 12,
      }),
    ),
  };
}

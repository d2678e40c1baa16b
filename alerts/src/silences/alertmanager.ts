import { SproutError, addressOf } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { alertmanagerClient } from '@sprout/query';
import type { AlertmanagerClient } from '@sprout/query';

/** Asks the stack's Alertmanager. Rejects with SproutError `ALERTMANAGER_FAILED`. */
export async function askAlertmanager<T>(
  config: SproutConfig,
  ask: (client: AlertmanagerClient) => Promise<T>,
): Promise<T> {
  const address = () => addressOf(config, config.telemetry.alertmanager);
  try {
    return await ask(alertmanagerClient({ address }));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SproutError('ALERTMANAGER_FAILED', `Alertmanager does not do it: ${why}`, {
      hint: 'check that it runs: ./sprout status',
      cause,
    });
  }
}

import { readFileSync } from 'node:fs';
import { addressOf } from '@sprout/process';
import type { Logger, SproutConfig } from '@sprout/process';
import { alertmanagerSilences } from './alertmanager-silences.ts';
import type { AlertmanagerSilences } from './alertmanager-silences.ts';
import type { Exclusion } from './exclusion.ts';
import { createMuting } from './muting.ts';
import type { Muting } from './muting.ts';

/**
 * Muting wherever alerts are told of: in the Alertmanager of the stack and, where
 * `alerts.grafana.silences` names it, in a Grafana that manages the rules. Each is kept in step by
 * itself, so that one that does not answer does not keep the other from being muted.
 */
export function mutedPlaces(
  config: SproutConfig,
  inForce: () => readonly Exclusion[],
  logger: Logger,
): Muting {
  const mutings = Object.entries(silencesByPlace(config)).map(([place, silences]) =>
    createMuting({
      inForce,
      silences,
      onTrouble: (reason) =>
        reason === null
          ? logger.info(`alerts of ${place} are muted as planned again`)
          : logger.warn(`alerts of ${place} cannot be muted as planned`, {
              'exception.message': reason,
            }),
    }),
  );
  return {
    sync: async (nowMs) => void (await Promise.all(mutings.map((muting) => muting.sync(nowMs)))),
  };
}

function silencesByPlace(config: SproutConfig): Record<string, AlertmanagerSilences> {
  const { silences: grafana } = config.alerts.grafana;
  return {
    Alertmanager: alertmanagerSilences({
      address: () => addressOf(config, config.telemetry.alertmanager),
    }),
    ...(grafana !== undefined && {
      Grafana: alertmanagerSilences({
        // Grafana speaks Alertmanager's API for its own alerts below this path.
        address: () => `${grafana.url.replace(/\/$/, '')}/api/alertmanager/grafana`,
        // Read each time, so that a new token needs no restart.
        token: () => readFileSync(grafana.tokenFile, 'utf8').trim(),
      }),
    }),
  };
}

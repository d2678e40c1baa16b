import type { Reliability } from './incident.ts';

/** What a period's figures are worked out from; times in seconds. */
export interface ObservedPeriod {
  readonly observedSeconds: number;
  readonly good: number;
  readonly valid: number;
  readonly incidents: readonly {
    readonly downSeconds: number;
    readonly secondsToDetect: number | null;
  }[];
}

/**
 * MTTR = down ÷ n, MTTF = (observed − down) ÷ n, MTBF = observed ÷ n = MTTF + MTTR,
 * availability = 1 − down ÷ observed = MTTF ÷ MTBF, MTTD = mean over the detected incidents.
 * docs/reliability-figures.md says why.
 */
export function reliability({
  observedSeconds,
  good,
  valid,
  incidents,
}: ObservedPeriod): Reliability {
  const count = incidents.length;
  const downSeconds = incidents.reduce((sum, one) => sum + one.downSeconds, 0);
  const detections = incidents.flatMap(({ secondsToDetect }) => secondsToDetect ?? []);
  const perIncident = (seconds: number) => (count === 0 ? null : seconds / count);
  return {
    incidents: count,
    detected: detections.length,
    observedSeconds,
    downSeconds,
    mttdSeconds:
      detections.length === 0
        ? null
        : detections.reduce((sum, seconds) => sum + seconds, 0) / detections.length,
    mttrSeconds: perIncident(downSeconds),
    mttfSeconds: perIncident(observedSeconds - downSeconds),
    mtbfSeconds: perIncident(observedSeconds),
    timeAvailability: observedSeconds > 0 ? 1 - downSeconds / observedSeconds : null,
    eventAvailability: valid > 0 ? good / valid : null,
  };
}

/** When a crashed process is started again. */
export interface RestartPolicy {
  readonly firstDelayMs: number;
  readonly delayMsMax: number;
  /** Attempts to become healthy for the first time. */
  readonly startAttemptsMax: number;
  /** Failures in a row, after it has been healthy, after which it stays down. */
  readonly restartsMax: number;
  /** One that ran longer than this before it crashed starts counting anew. */
  readonly steadyMs: number;
}

export const defaultRestartPolicy: RestartPolicy = {
  firstDelayMs: 500,
  delayMsMax: 15_000,
  startAttemptsMax: 3,
  restartsMax: 10,
  steadyMs: 60_000,
};

/** The delay doubles with each failure in a row, up to its limit. */
export function delayBefore(policy: RestartPolicy, failures: number): number {
  return Math.min(policy.firstDelayMs * 2 ** (failures - 1), policy.delayMsMax);
}

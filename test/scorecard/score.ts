import type { Trial } from './trials.ts';

/** An alert as the SLO service keeps it. */
export interface Heard {
  readonly alert: string;
  readonly severity: string;
  readonly pageGroup: string;
  readonly startedMs: number;
  /** Undefined while it fires. */
  readonly endedMs: number | undefined;
}

/** What was seen of a trial; milliseconds of the clock. */
export interface Observed {
  readonly startedMs: number;
  /** When the expected alert had arrived; undefined when it never did. */
  readonly alertedMs: number | undefined;
  readonly stoppedMs: number;
  /** When it was resolved. */
  readonly clearedMs: number | undefined;
  readonly heard: readonly Heard[];
  /** Part of the 30-day budget of the objective that lost most, until the alert; undefined without. */
  readonly budgetSpent: number | undefined;
  /** Whether the dashboard it leads to has data on the signal; undefined when it leads nowhere. */
  readonly dashboard: boolean | undefined;
  /** Whether its example trace was found; undefined where alerts have none. */
  readonly trace: boolean | undefined;
}

/** A row of the scorecard. */
export interface Score {
  /** How many times as fast time ran. */
  readonly timeScale: number;
  readonly fault: string;
  readonly expected: string;
  readonly secondsToAlert: number | undefined;
  readonly budgetSpent: number | undefined;
  readonly clearedAfterSeconds: number | undefined;
  /** Other pages, by name; they are failures. */
  readonly otherPages: readonly string[];
  /** Tickets and hints that came with it; they call nobody. */
  readonly beside: readonly string[];
  readonly dashboard: boolean | undefined;
  readonly trace: boolean | undefined;
  readonly ok: boolean;
}

/** Judges a trial: its alert came and went, nobody was called for anything else, its links lead there. */
export function score(trial: Trial, seen: Observed, timeScale: number): Score {
  const others = seen.heard.filter(
    (one) => one.alert !== trial.alert || one.pageGroup !== trial.pageGroup,
  );
  const otherPages = namesOf(others.filter(({ severity }) => severity === 'page'));
  const secondsBetween = (from: number, to: number | undefined) =>
    to === undefined ? undefined : (to - from) / 1000;
  const secondsToAlert = secondsBetween(seen.startedMs, seen.alertedMs);
  const clearedAfterSeconds = secondsBetween(seen.stoppedMs, seen.clearedMs);
  return {
    timeScale,
    fault: trial.fault,
    expected: `${trial.as} ${trial.alert}`,
    secondsToAlert,
    budgetSpent: seen.budgetSpent,
    clearedAfterSeconds,
    otherPages,
    beside: namesOf(others.filter(({ severity }) => severity !== 'page')),
    dashboard: seen.dashboard,
    trace: seen.trace,
    ok:
      secondsToAlert !== undefined &&
      clearedAfterSeconds !== undefined &&
      otherPages.length === 0 &&
      seen.dashboard !== false &&
      seen.trace !== false,
  };
}

const namesOf = (heard: readonly Heard[]): string[] =>
  [...new Set(heard.map(({ alert, pageGroup }) => `${alert} (${pageGroup})`))].toSorted();

import { setTimeout as sleep } from 'node:timers/promises';
import { timing } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import type { Page } from '@sprout/slo-service/api';
import { setFault } from '../public-apis.ts';
import { startTestStack } from '../stack.ts';
import type { TestStack } from '../stack.ts';
import {
  dashboardShows,
  heardOf,
  isAlertingHeard,
  lossesOf,
  pagesOf,
  spentBetween,
  traceShows,
} from './evidence.ts';
import type { Losses } from './evidence.ts';
import { score } from './score.ts';
import type { Heard, Observed, Score } from './score.ts';
import type { Trial, WarmStack } from './trials.ts';

export interface Scorecard {
  readonly scores: readonly Score[];
  /** Pages of the quiet hour before each stack's first fault; there should be none. */
  readonly quietPages: readonly Heard[];
}

export interface ScorecardOptions {
  readonly timeScale: number;
  readonly stacks: readonly WarmStack[];
  readonly signal: AbortSignal;
  onScore(score: Score): void;
  /** Told what is waited for. */
  say(line: string): void;
}

/** Longest waits, in seconds of the clock. */
const alertSecondsMax = 150;
const clearSecondsMax = 180;
/** For the example trace and the budget, which follow a page. */
const detailsSecondsMax = 20;

/** Tries every fault on a warm stack; each stack is started, used and stopped by itself. */
export async function runScorecard(options: ScorecardOptions): Promise<Scorecard> {
  const scores: Score[] = [];
  const quietPages: Heard[] = [];
  for (const { trials, timeScaleMax = Infinity } of options.stacks) {
    if (options.signal.aborted) break;
    options.say('starting a stack');
    const timeScale = Math.min(options.timeScale, timeScaleMax);
    const stack = await startTestStack({ timeScale });
    try {
      const bornMs = Date.now();
      quietPages.push(...(await quietHour(stack, options)));
      for (const trial of trials) {
        if (options.signal.aborted) break;
        const seen = await attempt(stack, trial, bornMs, options);
        const judged = score(trial, seen, timeScale);
        scores.push(judged);
        options.onScore(judged);
      }
    } finally {
      await stack.stop();
    }
  }
  return { scores, quietPages };
}

/** An hour of good history, which is quiet too. */
async function quietHour(stack: TestStack, options: ScorecardOptions): Promise<Heard[]> {
  const seconds = timing(stack.config.timeScale).scaled(3600) * 1.05;
  options.say(`a quiet hour: ${seconds.toFixed(0)} s`);
  // Whoever ends the run ends the wait.
  await sleep(seconds * 1000, undefined, { signal: options.signal }).catch(() => undefined);
  return (await pagesOf(stack)).map(heardOf).filter(({ severity }) => severity === 'page');
}

async function attempt(
  stack: TestStack,
  trial: Trial,
  bornMs: number,
  options: ScorecardOptions,
): Promise<Observed> {
  const { fault, as } = trial;
  const before = await lossesOf(stack, bornMs);
  options.say(`${fault}: waiting for ${trial.alert}`);
  const startedMs = Date.now();
  await setFault(stack, fault, 'PUT');
  const look = as === 'silence' ? silence : pageOf;
  const alertedMs = await moment(alertSecondsMax, options.signal, () =>
    look(stack, trial, startedMs),
  );
  const found =
    as === 'silence' || alertedMs === undefined
      ? undefined
      : await detailed(stack, trial, startedMs, options.signal);
  const details = {
    budgetSpent: await budgetSpent(stack, trial, before, bornMs),
    dashboard: found && (await dashboardShows(stack, found)),
    trace: found && (await traceShows(stack, found)),
  };
  const stoppedMs = Date.now();
  await setFault(stack, fault, 'DELETE');
  options.say(`${fault}: waiting until it is over`);
  const clearedMs = await moment(clearSecondsMax, options.signal, async () =>
    as === 'silence' ? isAlertingHeard(stack) : isOver(stack, trial),
  );
  const heard = (await pagesOf(stack))
    .map(heardOf)
    .filter((one) => one.startedMs >= startedMs - 2_000);
  return {
    startedMs,
    alertedMs,
    stoppedMs,
    clearedMs: endOf(trial, heard, clearedMs),
    heard,
    ...details,
  };
}

/** When the expected alert was resolved, once all is calm. */
function endOf({ alert, pageGroup }: Trial, heard: readonly Heard[], calmMs: number | undefined) {
  if (calmMs === undefined) return undefined;
  const own = heard.filter((one) => one.alert === alert && one.pageGroup === pageGroup);
  const ends = own.flatMap(({ endedMs }) => endedMs ?? []);
  return ends.length === 0 ? calmMs : Math.max(...ends);
}

/** When something held first; undefined when it did not in time, or the run was ended. */
async function moment(limitSeconds: number, ending: AbortSignal, holds: () => Promise<unknown>) {
  try {
    const held = async () => ending.aborted || Boolean(await holds());
    await eventually('it', held, limitSeconds * 1000);
    return ending.aborted ? undefined : Date.now();
  } catch {
    return undefined;
  }
}

async function pageOf(stack: TestStack, trial: Trial, sinceMs: number): Promise<Page | undefined> {
  return (await pagesOf(stack)).find((page) => {
    const { alert, severity, pageGroup, startedMs } = heardOf(page);
    const fits = alert === trial.alert && severity === trial.as && pageGroup === trial.pageGroup;
    return fits && startedMs >= sinceMs - 2_000;
  });
}

const silence = async (stack: TestStack): Promise<boolean> => !(await isAlertingHeard(stack));

/** The page once its example trace is there, or as it is when none comes. */
async function detailed(stack: TestStack, trial: Trial, sinceMs: number, ending: AbortSignal) {
  await moment(detailsSecondsMax, ending, async () => {
    const page = await pageOf(stack, trial, sinceMs);
    return page !== undefined && (page.objectives.length === 0 || (await traceShows(stack, page)));
  });
  return pageOf(stack, trial, sinceMs);
}

/** Undefined where nobody can tell: the engine or the collector is what is gone. */
async function budgetSpent(stack: TestStack, { fault }: Trial, before: Losses, bornMs: number) {
  if (fault === 'prometheus-down') return undefined;
  return spentBetween(before, await lossesOf(stack, bornMs));
}

/**
 * Nobody is called any more, and what told of the fault has ended. Other tickets may stay: a budget
 * that the fault has used up is not back before the window has moved on.
 */
async function isOver(stack: TestStack, { alert, pageGroup }: Trial): Promise<boolean> {
  const pages = await pagesOf(stack);
  return pages.every((page) => {
    const { severity, ...heard } = heardOf(page);
    const isOwn = heard.alert === alert && heard.pageGroup === pageGroup;
    return page.status === 'resolved' || (severity !== 'page' && !isOwn);
  });
}

import type { BreakerSettings } from '../breaker.ts';
import { createBreaker } from '../breaker.ts';

/**
 * A line of text: seven settings, then steps without spaces. `b` asks for a permission; `s`, `e`,
 * `S` end a call well in 1 ms, in exactly the slow threshold, and 1 ms above it; `f`, `F` end it
 * badly, fast and slow; `r` gives its permission back; `w<ms>` waits.
 */
export type Sequence = string;

/** A letter per step for the state after it, upper case for a permission, then rates in tenths. */
export type Trace = string;

/** A random sequence; every second one has the market's settings, the others their own. */
export function generateSequence(random: () => number, stepsMax: number): Sequence {
  const below = (count: number) => Math.floor(random() * count);
  const settings = below(2) === 0 ? marketSettings : anySettings(below);
  const waitMs = settings[6] ?? 0;
  const waits = [1, Math.floor(waitMs / 2), waitMs - 1, waitMs, waitMs + 1];
  // Some callers meet a healthy service, some a broken one, some both.
  const bad = random();
  let running = 0;
  let steps = '';
  for (let count = 1 + below(stepsMax); count > 0; count -= 1) {
    const dice = random();
    if (dice < 0.08) {
      steps += `w${waits[below(waits.length)]}`;
    } else if (dice < 0.5 || running === 0) {
      // Nobody looks whether it is permitted: results of refused calls must be taken alike too.
      steps += 'b';
      running += 1;
    } else {
      steps += dice < 0.54 ? 'r' : anyEnd(random() < bad, below);
      running -= 1;
    }
  }
  return `${settings.join(' ')} ${steps}`;
}

/** What our breaker makes of a sequence. */
export function traceOf(sequence: Sequence): Trace {
  const words = sequence.split(' ');
  const settings = settingsOf(words.slice(0, 7).map(Number));
  const slowMs = settings.slowCallDurationThresholdMs;
  let nowMs = 0;
  const breaker = createBreaker(() => nowMs, settings);
  const take = (step: string): boolean => {
    if (step === 'b') return breaker.tryAcquire();
    if (step === 'r') breaker.release();
    else if (step.startsWith('w')) nowMs += Number(step.slice(1));
    else breaker.record(...endOf(step, slowMs));
    return false;
  };
  const states = (words[7]?.match(/[bsefSFr]|w\d+/g) ?? []).map((step) => {
    const permitted = take(step);
    const letter = breaker.state().charAt(0);
    return permitted ? letter.toUpperCase() : letter;
  });
  const { failure, slow } = breaker.rates();
  return `${states.join('')} ${Math.round(failure * 10)} ${Math.round(slow * 10)}`;
}

const marketSettings = [10, 5, 40, 60, 3_000, 5, 20_000];

function anySettings(below: (count: number) => number): number[] {
  const percent = () => 1 + below(100);
  return [1 + below(20), 1 + below(25), percent(), percent(), 100, 1 + below(8), 1_000];
}

function anyEnd(bad: boolean, below: (count: number) => number): string {
  return (bad ? 'ffFS' : 'ssse').charAt(below(4));
}

function endOf(step: string, slowMs: number) {
  const durationMs = { e: slowMs, S: slowMs + 1, F: slowMs + 1 }[step] ?? 1;
  return [step === 'f' || step === 'F' ? 'failure' : 'success', durationMs] as const;
}

function settingsOf(numbers: readonly number[]): BreakerSettings {
  const [size = 0, minimum = 0, failure = 0, slow = 0, slowMs = 0, halfOpen = 0, waitMs = 0] =
    numbers;
  return {
    slidingWindowSize: size,
    minimumNumberOfCalls: minimum,
    failureRateThreshold: failure,
    slowCallRateThreshold: slow,
    slowCallDurationThresholdMs: slowMs,
    permittedNumberOfCallsInHalfOpenState: halfOpen,
    waitDurationInOpenStateMs: waitMs,
  };
}

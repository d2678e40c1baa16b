import { createCallWindow } from './call-window.ts';
import type { CallWindow } from './call-window.ts';

/** The settings, with the names and meanings of Resilience4j's COUNT_BASED circuit breaker. */
export interface BreakerSettings {
  /** Calls the window remembers while closed. */
  readonly slidingWindowSize: number;
  /** Fewer calls are never judged. */
  readonly minimumNumberOfCalls: number;
  /** Per cent; reached is enough. */
  readonly failureRateThreshold: number;
  /** Per cent; reached is enough. */
  readonly slowCallRateThreshold: number;
  /** A call is slow that takes longer. */
  readonly slowCallDurationThresholdMs: number;
  readonly permittedNumberOfCallsInHalfOpenState: number;
  readonly waitDurationInOpenStateMs: number;
}

export const defaultBreakerSettings: BreakerSettings = {
  slidingWindowSize: 10,
  minimumNumberOfCalls: 5,
  failureRateThreshold: 40,
  slowCallRateThreshold: 60,
  slowCallDurationThresholdMs: 3_000,
  permittedNumberOfCallsInHalfOpenState: 5,
  waitDurationInOpenStateMs: 20_000,
};

export type BreakerState = 'closed' | 'open' | 'half_open';
export type CallResult = 'success' | 'failure';

/** Keeps calls from a service that does not answer. */
export interface Breaker {
  state(): BreakerState;
  /** Takes a permission to call. Each must be followed by `record` or `release`. */
  tryAcquire(): boolean;
  /** Tells how a permitted call ended; says whether it was slow. */
  record(result: CallResult, durationMs: number): boolean;
  /** Gives a permission back for a call that says nothing about the service. */
  release(): void;
  /** Rates in per cent, -1 while there are too few calls to judge. */
  rates(): { readonly failure: number; readonly slow: number };
}

/**
 * A circuit breaker as Resilience4j's state machine has it: thresholds are checked after every
 * call, successes too; in half-open the permitted calls are counted and every other is refused;
 * a result counts in the state it arrives in. `nowMs` never goes back.
 */
export function createBreaker(
  nowMs: () => number,
  settings: BreakerSettings = defaultBreakerSettings,
  onState: (state: BreakerState) => void = () => {},
): Breaker {
  let state: BreakerState = 'closed';
  let window = closedWindow(settings);
  let openUntilMs = 0;
  let permissions = 0;

  const become = (next: BreakerState) => {
    state = next;
    if (next === 'closed') window = closedWindow(settings);
    if (next === 'open') openUntilMs = nowMs() + settings.waitDurationInOpenStateMs;
    if (next === 'half_open') {
      window = halfOpenWindow(settings);
      permissions = settings.permittedNumberOfCallsInHalfOpenState;
    }
    onState(next);
  };
  const judge = () => {
    const { failure, slow } = window.rates();
    if (failure < 0 || state === 'open') return;
    const exceeded =
      failure >= settings.failureRateThreshold || slow >= settings.slowCallRateThreshold;
    if (exceeded) become('open');
    else if (state === 'half_open') become('closed');
  };
  return {
    state: () => state,
    tryAcquire: () => {
      // Only a call brings the breaker out of open, and only after the wait, not at its end.
      if (state === 'open' && nowMs() > openUntilMs) become('half_open');
      if (state === 'closed') return true;
      if (state === 'open' || permissions === 0) return false;
      permissions -= 1;
      return true;
    },
    record: (result, durationMs) => {
      const slow = durationMs > settings.slowCallDurationThresholdMs;
      window.add({ failed: result === 'failure', slow });
      judge();
      return slow;
    },
    release: () => {
      if (state === 'half_open') permissions += 1;
    },
    rates: () => window.rates(),
  };
}

function closedWindow({ slidingWindowSize, minimumNumberOfCalls }: BreakerSettings): CallWindow {
  return createCallWindow(slidingWindowSize, minimumNumberOfCalls);
}

/**
 * In half-open the permitted calls are the window. The minimum cannot be more than they, nor, as in
 * Resilience4j, more than the window of the closed state holds.
 */
function halfOpenWindow(settings: BreakerSettings): CallWindow {
  const { slidingWindowSize, minimumNumberOfCalls } = settings;
  const size = settings.permittedNumberOfCallsInHalfOpenState;
  return createCallWindow(size, Math.min(minimumNumberOfCalls, slidingWindowSize));
}

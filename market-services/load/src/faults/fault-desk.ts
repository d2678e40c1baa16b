import { SproutError } from '@sprout/process';
import { faultNamed, faults } from './catalogue.ts';
import type { FaultName, KnownFault } from './catalogue.ts';
import { unavailable } from './effect/effect.ts';
import type { Effect } from './effect/effect.ts';
import type { FaultEffect } from './fault.ts';
import type { FaultEvent } from './ground-truth.ts';
import { refuseConflict, refuseElsewhere } from './refusals.ts';

/** Where faults are started and stopped, one change at a time. */
export interface FaultDesk {
  /** Rejects with `FAULT_UNKNOWN`, `FAULT_CONFLICT`, `FAULT_UNAVAILABLE`. */
  start(name: string): Promise<KnownFault>;
  /** Rejects with `FAULT_NOT_ENDED` when it cannot be undone yet; that is tried until it is. */
  stop(name: string): Promise<KnownFault>;
  /** ISO 8601; null while it is not active. */
  activeSince(name: FaultName): string | null;
  /** Why it is still active although it was to end; null otherwise. */
  endFailure(name: FaultName): string | null;
  /** Ends all, each on its own; rejects when some could not be, which the next process recovers. */
  stopAll(): Promise<void>;
  /** Takes over what an earlier process began and did not end, and ends it; what fails is retried. */
  recover(events: readonly FaultEvent[]): Promise<void>;
}

export interface FaultDeskParts {
  /** What the market keeps its data in. */
  readonly data: 'single' | 'cluster';
  effectOf(declared: FaultEffect): Effect;
  record(event: FaultEvent): void;
  onChange(name: FaultName, active: boolean): void;
  /** Told of every attempt to end a fault that failed. */
  onEndFailed(name: FaultName, reason: string): void;
  now(): Date;
  /** Default 5 s. */
  readonly retryMs?: number;
}

/** A fault that nobody stops ends by itself after this. */
export const faultMsMax = 60 * 60_000;

const retryMsDefault = 5_000;

interface Active {
  readonly since: string;
  readonly effects: readonly Effect[];
  /** When it ends by itself, or is tried to be ended again. */
  timer?: NodeJS.Timeout;
  endFailure?: string;
}

/** Begins and ends the effects of faults, and records the window of each. */
export function faultDesk(parts: FaultDeskParts): FaultDesk {
  const active = new Map<FaultName, Active>();
  const inTurn = oneAtATime();
  let over = false;
  const note = (name: FaultName, event: FaultEvent['event'], at: string) => {
    parts.record({ fault: name, event, at });
    parts.onChange(name, event === 'started');
  };
  /** Resolves to why it could not be ended; that is told, and tried again. */
  const end = async (name: FaultName): Promise<SproutError | undefined> => {
    const found = active.get(name);
    if (found === undefined) return undefined;
    clearTimeout(found.timer);
    const failures = await endAll(found.effects);
    if (failures.length === 0) {
      active.delete(name);
      note(name, 'stopped', parts.now().toISOString());
      return undefined;
    }
    found.endFailure = failures.map(reasonOf).join('; ');
    parts.onEndFailed(name, found.endFailure);
    if (!over) endLater(name, found, parts.retryMs ?? retryMsDefault);
    return notEnded(name, found.endFailure, failures[0]);
  };
  const endLater = (name: FaultName, fault: Active, ms: number) => {
    const notNoted = (error: unknown) => parts.onEndFailed(name, reasonOf(error));
    const attempt = () => void inTurn(() => end(name)).catch(notNoted);
    fault.timer = setTimeout(attempt, ms).unref();
  };
  /** Those that hold processes first: the ends of others may need these. */
  const endEach = async (names: readonly FaultName[]): Promise<unknown[]> => {
    const results: unknown[] = [];
    const first = names.filter(holdsProcesses);
    for (const wave of [first, names.filter((name) => !first.includes(name))]) {
      results.push(
        ...(await Promise.all(wave.map((name) => end(name).catch((error: unknown) => error)))),
      );
    }
    return results.filter((failure) => failure !== undefined);
  };
  /** What was begun of a fault that cannot begin is ended, and tried again like any other end. */
  const begin = async (name: FaultName, effects: readonly Effect[]) => {
    try {
      for (const effect of effects) await effect.begin();
    } catch (cause) {
      active.set(name, { since: parts.now().toISOString(), effects });
      await end(name);
      if (cause instanceof SproutError) throw cause;
      throw unavailable(`it cannot begin: ${reasonOf(cause)}`, './sprout status shows what runs');
    }
  };
  const start = async (name: string) => {
    const fault = faultNamed(name);
    const known = active.get(fault.name);
    if (known?.endFailure !== undefined) throw stillEnding(fault.name, known.endFailure);
    if (known !== undefined) return fault;
    refuseElsewhere(fault, parts.data);
    refuseConflict(fault.effects, [...active.keys()]);
    const effects = fault.effects.map(parts.effectOf);
    parts.record({ fault: fault.name, event: 'starting', at: parts.now().toISOString() });
    await begin(fault.name, effects);
    const begun: Active = { since: parts.now().toISOString(), effects };
    active.set(fault.name, begun);
    endLater(fault.name, begun, faultMsMax);
    note(fault.name, 'started', begun.since);
    return fault;
  };
  return {
    start: (name) => inTurn(() => start(name)),
    stop: (name) =>
      inTurn(async () => {
        const fault = faultNamed(name);
        const failure = await end(fault.name);
        if (failure !== undefined) throw failure;
        return fault;
      }),
    activeSince: (name) => active.get(name)?.since ?? null,
    endFailure: (name) => active.get(name)?.endFailure ?? null,
    stopAll: () =>
      inTurn(async () => {
        over = true;
        const failures = await endEach([...active.keys()]);
        if (failures.length > 0) throw new Error(failures.map(reasonOf).join('; '));
      }),
    recover: (events) =>
      inTurn(async () => {
        const left = unended(events);
        for (const [name, since] of left) {
          active.set(name, { since, effects: faultNamed(name).effects.map(parts.effectOf) });
        }
        await endEach([...left.keys()]);
      }),
  };
}

/** The last first; one that fails keeps no other from ending. Returns what failed. */
async function endAll(effects: readonly Effect[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const effect of effects.toReversed()) {
    await effect.end().catch((error: unknown) => failures.push(error));
  }
  return failures;
}

function holdsProcesses(name: FaultName): boolean {
  return faultNamed(name).effects.some(({ kind }) => kind === 'process' || kind === 'role');
}

function notEnded(name: FaultName, reason: string, cause: unknown): SproutError {
  return new SproutError('FAULT_NOT_ENDED', `${name} cannot be ended yet: ${reason}`, {
    hint: 'it is tried again every few seconds; ./sprout fault list shows when it is done',
    cause,
  });
}

function stillEnding(name: FaultName, reason: string): SproutError {
  return new SproutError('FAULT_CONFLICT', `${name} is still being ended: ${reason}`, {
    hint: './sprout fault list shows when it is done',
  });
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Faults whose last event is not their end, and when that was. */
function unended(events: readonly FaultEvent[]): Map<FaultName, string> {
  const open = new Map<FaultName, string>();
  const known = new Map<string, FaultName>(faults.map(({ name }) => [name, name]));
  for (const { fault, event, at } of events) {
    const name = known.get(fault);
    if (name === undefined) continue;
    if (event === 'stopped') open.delete(name);
    else open.set(name, at);
  }
  return open;
}

/** Runs what it is given one after another, in the order of the calls. */
function oneAtATime(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run);
    // The caller hears of a failure; who comes next need not.
    last = result.catch(() => undefined);
    return result;
  };
}

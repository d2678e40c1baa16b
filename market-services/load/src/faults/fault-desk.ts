import { SproutError } from '@sprout/process';
import { faultNamed, faults } from './catalogue.ts';
import type { FaultName, KnownFault } from './catalogue.ts';
import { unavailable } from './effect/effect.ts';
import type { Effect } from './effect/effect.ts';
import { claimOf } from './effect/effects.ts';
import type { FaultEffect } from './fault.ts';
import type { FaultEvent } from './ground-truth.ts';

/** Where faults are started and stopped, one change at a time. */
export interface FaultDesk {
  /** Rejects with `FAULT_UNKNOWN`, `FAULT_CONFLICT`, `FAULT_UNAVAILABLE`. */
  start(name: string): Promise<KnownFault>;
  stop(name: string): Promise<KnownFault>;
  /** ISO 8601; null while it is not active. */
  activeSince(name: FaultName): string | null;
  stopAll(): Promise<void>;
  /** Ends what an earlier process began and could not end. */
  recover(events: readonly FaultEvent[]): Promise<void>;
}

export interface FaultDeskParts {
  /** What the market keeps its data in. */
  readonly data: 'single' | 'cluster';
  effectOf(declared: FaultEffect): Effect;
  record(event: FaultEvent): void;
  onChange(name: FaultName, active: boolean): void;
  now(): Date;
}

/** A fault that nobody stops ends by itself after this. */
export const faultMsMax = 60 * 60_000;

interface Active {
  readonly since: string;
  readonly effects: readonly Effect[];
  readonly timer: NodeJS.Timeout;
}

/** Begins and ends the effects of faults, and records the window of each. */
export function faultDesk(parts: FaultDeskParts): FaultDesk {
  const active = new Map<FaultName, Active>();
  const inTurn = oneAtATime();
  const note = (name: FaultName, event: FaultEvent['event']): string => {
    const at = parts.now().toISOString();
    parts.record({ fault: name, event, at });
    parts.onChange(name, event === 'started');
    return at;
  };
  const end = async (name: FaultName) => {
    const found = active.get(name);
    if (found === undefined) return;
    clearTimeout(found.timer);
    await endAll(found.effects);
    active.delete(name);
    note(name, 'stopped');
  };
  const start = async (name: string) => {
    const fault = faultNamed(name);
    if (active.has(fault.name)) return fault;
    refuseElsewhere(fault, parts.data);
    refuseConflict(fault.effects, [...active.keys()]);
    const effects = fault.effects.map(parts.effectOf);
    await beginAll(effects);
    const timer = setTimeout(() => void inTurn(() => end(fault.name)), faultMsMax);
    timer.unref();
    active.set(fault.name, { since: note(fault.name, 'started'), effects, timer });
    return fault;
  };
  return {
    start: (name) => inTurn(() => start(name)),
    stop: (name) =>
      inTurn(async () => {
        const fault = faultNamed(name);
        await end(fault.name);
        return fault;
      }),
    activeSince: (name) => active.get(name)?.since ?? null,
    stopAll: () =>
      inTurn(async () => {
        for (const name of active.keys()) await end(name);
      }),
    recover: (events) =>
      inTurn(async () => {
        for (const name of unended(events)) {
          await endAll(faultNamed(name).effects.map(parts.effectOf));
          note(name, 'stopped');
        }
      }),
  };
}

/** All of them, or none. */
async function beginAll(effects: readonly Effect[]): Promise<void> {
  for (const [index, effect] of effects.entries()) {
    try {
      await effect.begin();
    } catch (error) {
      await endAll(effects.slice(0, index + 1));
      throw error;
    }
  }
}

/** The last first; one that fails keeps no other from ending. */
async function endAll(effects: readonly Effect[]): Promise<void> {
  const failures: unknown[] = [];
  for (const effect of effects.toReversed()) {
    await effect.end().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

function refuseElsewhere({ name, data }: KnownFault, actual: FaultDeskParts['data']): void {
  if (data === undefined || data === actual) return;
  throw unavailable(`${name} needs the market with --data ${data}`, `./sprout up --data ${data}`);
}

function refuseConflict(effects: readonly FaultEffect[], active: readonly FaultName[]): void {
  const claims = effects.flatMap((effect) => claimOf(effect) ?? []);
  for (const name of active) {
    const taken = faultNamed(name)
      .effects.map(claimOf)
      .find((claim) => claim && claims.includes(claim));
    if (taken === undefined) continue;
    throw new SproutError('FAULT_CONFLICT', `${name} is active and has ${taken}`, {
      hint: `./sprout fault stop ${name}`,
    });
  }
}

function unended(events: readonly FaultEvent[]): Set<FaultName> {
  const open = new Set<FaultName>();
  const known = new Map<string, FaultName>(faults.map(({ name }) => [name, name]));
  for (const { fault, event } of events) {
    const name = known.get(fault);
    if (name === undefined) continue;
    if (event === 'started') open.add(name);
    else open.delete(name);
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

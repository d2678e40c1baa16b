/**
 * The figures of time slices, composites and versions once more, by brute force: minute by minute,
 * without the ledger's sums and without any code of the service. Nothing here is fast.
 */

/** A minute as it is generated. */
export interface OracleMinute {
  readonly valid: number;
  readonly bad: number;
  readonly coverage: number;
  /** As the ledger numbers states: 0 unknown, 1 measured, 2 unmeasured, 4 open. */
  readonly state: 0 | 1 | 2 | 4;
}

/** A promise of an oracle's own. */
export interface OraclePromise {
  readonly target: number;
  /** The target until a minute, exclusive. */
  readonly earlier?: { readonly untilMinute: number; readonly target: number } | undefined;
  readonly sli:
    | { readonly kind: 'events'; readonly of: string }
    | {
        readonly kind: 'slice';
        readonly of: string;
        readonly minutes: number;
        readonly goodRatioMin: number;
        readonly noTraffic: 'skip' | 'good' | 'bad';
      }
    | {
        readonly kind: 'composite';
        readonly rule: 'all' | 'any';
        readonly of: readonly string[];
        readonly unmeasured: 'unknown' | 'ignore' | 'bad';
      };
}

export interface OracleWorld {
  readonly fromMinute: number;
  /** Generated minutes by the objective that stores them. */
  readonly stored: ReadonlyMap<string, readonly OracleMinute[]>;
  readonly promises: ReadonlyMap<string, OraclePromise>;
}

const nothing: OracleMinute = { valid: 0, bad: 0, coverage: 0, state: 0 };

/** What a promise counts in a minute. */
export function oracleMinute(world: OracleWorld, id: string, minute: number): OracleMinute {
  const promise = world.promises.get(id);
  if (promise === undefined) throw new Error(`no promise ${id}`);
  const { sli } = promise;
  if (sli.kind === 'composite') return compositeMinute(world, sli, minute);
  const stored = (at: number) => world.stored.get(sli.of)?.[at - world.fromMinute] ?? nothing;
  const own = stored(minute);
  if (sli.kind === 'events') return own;
  const first = minute - (minute % sli.minutes);
  const slice = Array.from({ length: sli.minutes }, (_, index) => stored(first + index));
  const valid = slice.reduce((sum, one) => sum + one.valid, 0);
  const bad = slice.reduce((sum, one) => sum + one.bad, 0);
  const blank = { ...own, valid: 0, bad: 0 };
  if (own.state === 0) return blank;
  if (valid > 0) {
    const isBad = (valid - bad) / valid < sli.goodRatioMin - 1e-12;
    return { ...own, valid: 1, bad: isBad ? 1 : 0 };
  }
  if (sli.noTraffic === 'skip' || !slice.some(({ state }) => state === 1)) return blank;
  return { ...own, valid: 1, bad: sli.noTraffic === 'bad' ? 1 : 0 };
}

function compositeMinute(
  world: OracleWorld,
  sli: Extract<OraclePromise['sli'], { kind: 'composite' }>,
  minute: number,
): OracleMinute {
  const members = sli.of.map((id) => ({
    at: oracleMinute(world, id, minute),
    target: targetAt(world.promises.get(id), minute),
  }));
  const voices = members.map(({ at, target }) => {
    if (at.valid > 0) return at.bad / at.valid <= 1 - target + 1e-9 ? 'good' : 'bad';
    if (at.state === 1 || at.state === 4) return 'silent';
    return { unknown: 'unknown', ignore: 'silent', bad: 'bad' }[sli.unmeasured];
  });
  const states = members.map(({ at }) => at.state);
  const coverage = members.reduce((sum, { at }) => sum + at.coverage, 0) / members.length;
  const state = states.every((one) => one === 0)
    ? 0
    : states.includes(4)
      ? 4
      : states.some((one) => one === 0 || one === 2)
        ? 2
        : 1;
  const said = voices.filter((voice) => voice !== 'silent');
  const decisive = sli.rule === 'all' ? 'bad' : 'good';
  const verdict = said.includes(decisive)
    ? decisive
    : said.includes('unknown') || said.length === 0
      ? undefined
      : sli.rule === 'all'
        ? 'good'
        : 'bad';
  if (verdict === undefined || state === 0) return { valid: 0, bad: 0, coverage, state };
  return { valid: 1, bad: verdict === 'bad' ? 1 : 0, coverage, state };
}

/** What is left of the budget of a stretch, and what of it was measured. */
export function oracleBudget(
  world: OracleWorld,
  id: string,
  from: number,
  to: number,
  leaveOut: (minute: number) => boolean = () => false,
) {
  let [valid, bad, allowed] = [0, 0, 0];
  let [covered, closed] = [0, 0];
  let started = wasMeasured(world, id, from);
  for (let minute = from; minute < to; minute++) {
    const at = oracleMinute(world, id, minute);
    started ||= at.state === 1;
    if (leaveOut(minute)) continue;
    valid += at.valid;
    bad += at.bad;
    allowed += at.valid * (1 - targetAt(world.promises.get(id), minute));
    if (!started || (at.state !== 1 && at.state !== 2)) continue;
    covered += at.coverage;
    closed += 1;
  }
  const left = allowed - bad;
  return {
    valid,
    bad,
    allowed,
    leftFraction: valid > 0 ? left / allowed : null,
    coverage: closed > 0 ? covered / closed : 0,
  };
}

/** Whether everything that a promise is made of was measured in some minute before. */
function wasMeasured(world: OracleWorld, id: string, before: number): boolean {
  const sli = world.promises.get(id)?.sli;
  if (sli?.kind === 'composite') return sli.of.every((one) => wasMeasured(world, one, before));
  const stored = world.stored.get(sli?.of ?? id) ?? [];
  return stored.some(({ state }, index) => state === 1 && world.fromMinute + index < before);
}

function targetAt(promise: OraclePromise | undefined, minute: number): number {
  if (promise === undefined) throw new Error('a member that is no promise');
  const { earlier, target } = promise;
  return earlier !== undefined && minute < earlier.untilMinute ? earlier.target : target;
}

import type { Composite } from '@sprout/objectives';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';

/** A member's minutes and the fraction of events that may be bad in each. */
export interface Member {
  readonly columns: MinuteColumns;
  allowedAt(minute: number): number;
}

/**
 * Minutes of a composite. A member is good in a minute when it kept its target in that minute,
 * silent when it was measured and had no event, unknown when it was not measured. The silent are
 * not asked. Coverage is the mean of the members'.
 */
export function combine(
  { rule, unmeasured }: Pick<Composite, 'rule' | 'unmeasured'>,
  members: readonly Member[],
  fromMinute: number,
  toMinute: number,
): MinuteColumns {
  const length = toMinute - fromMinute;
  const combined = {
    fromMinute,
    valid: new Float64Array(length),
    bad: new Float64Array(length),
    coverage: new Float64Array(length),
    state: new Uint8Array(length),
  };
  for (let index = 0; index < length; index++) {
    const tally = countVoices(members, index, fromMinute + index, unmeasured);
    combined.coverage[index] = tally.covered / members.length;
    combined.state[index] = stateOf(tally, members.length);
    const isGood = decide(rule, tally);
    if (isGood === undefined || combined.state[index] === minuteState.unknown) continue;
    combined.valid[index] = 1;
    combined.bad[index] = isGood ? 0 : 1;
  }
  return combined;
}

interface Voices {
  good: number;
  bad: number;
  /** Members that might be either. */
  unknown: number;
  covered: number;
  /** Members by the state of their minute. */
  untold: number;
  unmeasured: number;
  open: number;
}

function countVoices(
  members: readonly Member[],
  index: number,
  minute: number,
  rule: Composite['unmeasured'],
): Voices {
  const voices = { good: 0, bad: 0, unknown: 0, covered: 0, untold: 0, unmeasured: 0, open: 0 };
  for (const { columns, allowedAt } of members) {
    const state = columns.state[index] ?? minuteState.unknown;
    const valid = columns.valid[index] ?? 0;
    const isUnmeasured = state === minuteState.unknown || state === minuteState.unmeasured;
    voices.covered += columns.coverage[index] ?? 0;
    if (state === minuteState.unknown) voices.untold += 1;
    if (isUnmeasured) voices.unmeasured += 1;
    if (state === minuteState.open) voices.open += 1;
    if (valid > 0) {
      const bad = Math.max(0, columns.bad[index] ?? 0);
      const isKept = bad / valid <= allowedAt(minute) + ratioNoise;
      voices[isKept ? 'good' : 'bad'] += 1;
    } else if (isUnmeasured && rule !== 'ignore') {
      voices[rule === 'bad' ? 'bad' : 'unknown'] += 1;
    }
  }
  return voices;
}

/** Fractions of events are exact to about 16 digits. */
const ratioNoise = 1e-12;

/** Three-valued logic; undefined when the voices do not decide, or there are none. */
function decide(rule: Composite['rule'], { good, bad, unknown }: Voices): boolean | undefined {
  const [deciding, other] = rule === 'all' ? [bad, good] : [good, bad];
  if (deciding > 0) return rule === 'any';
  return unknown > 0 || other === 0 ? undefined : rule === 'all';
}

function stateOf({ untold, unmeasured, open }: Voices, members: number): number {
  if (untold === members) return minuteState.unknown;
  if (open > 0) return minuteState.open;
  return unmeasured > 0 ? minuteState.unmeasured : minuteState.measured;
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minuteState } from './ledger.ts';
import type { Ledger, MinuteEntry, MinuteState } from './ledger.ts';

/** A ledger under test that can be closed and opened again. */
export interface LedgerUnderTest {
  /** Opens the same ledger; what was committed must be there. */
  open(): Promise<Ledger>;
  dispose(): Promise<void>;
}

const day = 1440;
/** A minute in the middle of a day. */
const noon = 20_000 * day + 720;

/** What every adapter of the ledger must do. */
export function ledgerContract(name: string, create: () => Promise<LedgerUnderTest>): void {
  const inLedger =
    (body: (ledger: Ledger, under: LedgerUnderTest) => Promise<void>) => async () => {
      const under = await create();
      const ledger = await under.open();
      try {
        await body(ledger, under);
      } finally {
        await ledger.close();
        await under.dispose();
      }
    };

  describe(`${name} as a ledger`, () => {
    it(
      'knows nothing of what was never committed',
      inLedger(async (ledger) => {
        assert.deepEqual(await ledger.sum('a', noon, noon + 10), nothing);
        assert.equal(await ledger.checkpoint(), undefined);
        const { valid, state } = await ledger.minutes('a', noon, noon + 2);
        assert.deepEqual(
          [[...valid], [...state]],
          [
            [0, 0],
            [minuteState.unknown, minuteState.unknown],
          ],
        );
      }),
    );

    it(
      'adds final minutes and replaces provisional ones',
      inLedger(async (ledger) => {
        await commit(ledger, { final: [entry(noon, 10, 1)], provisional: [entry(noon + 1, 5, 5)] });
        await commit(ledger, {
          final: [{ ...entry(noon, 2, 1), coverage: null }],
          provisional: [entry(noon + 1, 7, 0)],
        });
        const { valid, bad } = await ledger.sum('a', noon, noon + 2);
        assert.deepEqual({ valid, bad }, { valid: 19, bad: 2 });
      }),
    );

    it(
      'keeps coverage and state of a minute that only gets events',
      inLedger(async (ledger) => {
        await commit(ledger, { final: [entry(noon, 1, 0, 0.75)] });
        await commit(ledger, {
          final: [{ ...entry(noon, 4, 0), coverage: null, state: minuteState.unknown }],
        });
        const { coverage, state, valid } = await ledger.minutes('a', noon, noon + 1);
        assert.deepEqual([coverage[0], state[0], valid[0]], [0.75, minuteState.measured, 5]);
      }),
    );

    it(
      'sums any window exactly, across days and inside one',
      inLedger(async (ledger) => {
        const from = noon - 3 * day;
        const entries = Array.from({ length: 6 * day }, (_, index) =>
          entry(from + index, index % 7, index % 3),
        );
        await commit(ledger, { final: entries });
        for (const [begin, end] of [
          [0, 1],
          [719, 721],
          [5, 1440],
          [700, 4500],
          [0, 6 * day],
          [-50, 9 * day],
        ] as const) {
          const expected = entries.slice(Math.max(0, begin), Math.max(0, end));
          const { valid, bad, closed } = await ledger.sum('a', from + begin, from + end);
          assert.equal(
            valid,
            expected.reduce((sum, one) => sum + one.valid, 0),
          );
          assert.equal(
            bad,
            expected.reduce((sum, one) => sum + one.bad, 0),
          );
          assert.equal(closed, expected.length);
        }
      }),
    );

    it(
      'sums a day again that was read before it changed',
      inLedger(async (ledger) => {
        const sum = async () => (await ledger.sum('a', noon - 3 * day, noon + 3 * day)).valid;
        const edge = async () => (await ledger.sum('a', noon, noon + 10)).valid;
        const minutes = async () => (await ledger.minutes('a', noon, noon + 1)).valid[0];
        await commit(ledger, { final: [entry(noon, 1, 0)] });
        assert.deepEqual([await sum(), await edge(), await minutes()], [1, 1, 1]);
        await commit(ledger, { final: [entry(noon, 2, 0)] });
        assert.deepEqual([await sum(), await edge(), await minutes()], [3, 3, 3]);
        await commit(ledger, {
          final: [entry(noon - day, 10, 0), entry(noon - 2 * day, 20, 0), entry(noon + day, 30, 0)],
        });
        assert.deepEqual([await sum(), await edge(), await minutes()], [63, 3, 3]);
      }),
    );

    it(
      'counts coverage from the first measured minute of the objective on',
      inLedger(async (ledger) => {
        const unmeasured = { coverage: 0.25, state: minuteState.unmeasured };
        await commit(ledger, {
          final: [
            { ...entry(noon, 0, 0), ...unmeasured },
            entry(noon + 1, 0, 0, 1),
            { ...entry(noon + 2, 0, 0), ...unmeasured },
            entry(noon + day, 0, 0, 0.75),
          ],
          provisional: [
            entry(noon + day + 1, 0, 0, 1),
            entry(noon + day + 2, 0, 0, 0.5, minuteState.open),
          ],
        });
        const { covered, closed, firstMeasured } = await ledger.sum('a', noon, noon + 2 * day);
        assert.deepEqual(
          { covered, closed, firstMeasured },
          { covered: 3, closed: 4, firstMeasured: noon + 1 },
        );
        // What was lost at the begin of a window is lost, when something was measured before.
        assert.deepEqual(await ledger.sum('a', noon + 2, noon + 2 * day), {
          valid: 0,
          bad: 0,
          covered: 2,
          closed: 3,
          firstMeasured: noon + 2,
        });
        const late = await ledger.sum('a', noon + day + 2, noon + 2 * day);
        assert.deepEqual([late.closed, late.firstMeasured], [0, noon + day + 2]);
      }),
    );

    it(
      'leaves excluded minutes out of every sum',
      inLedger(async (ledger) => {
        await commit(ledger, {
          final: [entry(noon, 10, 10, 1, minuteState.excluded), entry(noon + 1, 1, 0)],
        });
        const { valid, bad, closed } = await ledger.sum('a', noon, noon + 2);
        assert.deepEqual({ valid, bad, closed }, { valid: 1, bad: 0, closed: 1 });
      }),
    );

    it(
      'keeps objectives apart',
      inLedger(async (ledger) => {
        await ledger.commit({
          final: [
            { objective: 'a', minutes: [entry(noon, 1, 0)] },
            { objective: 'b', minutes: [entry(noon, 2, 0)] },
          ],
          provisional: [],
        });
        assert.equal((await ledger.sum('a', noon, noon + 1)).valid, 1);
        assert.equal((await ledger.sum('b', noon, noon + 1)).valid, 2);
      }),
    );

    it(
      'names the groups of an objective, of final and of provisional minutes',
      inLedger(async (ledger) => {
        const one = (objective: string) => ({ objective, minutes: [entry(noon, 1, 0)] });
        await ledger.commit({
          final: ['a', 'a?zone=b', 'a?zone=a', 'ab?zone=x', 'A?zone=y', 'b?zone=z'].map(one),
          provisional: ['a?zone=가', 'a?zone=a', 'a@zone=c'].map(one),
        });
        assert.deepEqual(await ledger.groupsOf('a'), ['a?zone=a', 'a?zone=b', 'a?zone=가']);
        assert.deepEqual(await ledger.groupsOf('c'), []);
      }),
    );

    it(
      'answers minutes as columns, final and provisional ones together',
      inLedger(async (ledger) => {
        await commit(ledger, {
          final: [entry(noon + 719, 3, 1)],
          provisional: [entry(noon + 721, 4, 2, 0.5, minuteState.open)],
        });
        const columns = await ledger.minutes('a', noon + 718, noon + 722);
        assert.deepEqual([...columns.valid], [0, 3, 0, 4]);
        assert.deepEqual([...columns.bad], [0, 1, 0, 2]);
        assert.deepEqual([...columns.state], [0, minuteState.measured, 0, minuteState.open]);
      }),
    );

    it('keeps minutes, provisional minutes and checkpoint when it is opened again', async () => {
      const under = await create();
      const first = await under.open();
      await commit(first, {
        final: [entry(noon, 5, 1)],
        provisional: [entry(noon + 1, 2, 2)],
        checkpoint: 'one',
      });
      await commit(first, { provisional: [entry(noon + 1, 3, 2)] });
      await first.close();
      const second = await under.open();
      const { valid, bad } = await second.sum('a', noon, noon + 2);
      assert.deepEqual({ valid, bad }, { valid: 8, bad: 3 });
      assert.equal(await second.checkpoint(), 'one');
      await second.close();
      await under.dispose();
    });

    it(
      'writes a batch whole or not at all',
      inLedger(async (ledger) => {
        await commit(ledger, { final: [entry(noon, 1, 0)], checkpoint: 'one' });
        const broken = { objective: 'b', minutes: [entry(Number.NaN, 1, 0)] };
        const batch = {
          final: [{ objective: 'a', minutes: [entry(noon, 9, 9)] }, broken],
          provisional: [],
          checkpoint: 'two',
        };
        await assert.rejects(ledger.commit(batch));
        assert.equal((await ledger.sum('a', noon, noon + 1)).valid, 1);
        assert.equal(await ledger.checkpoint(), 'one');
      }),
    );
  });
}

const nothing = { valid: 0, bad: 0, covered: 0, closed: 0, firstMeasured: null };

function entry(
  minute: number,
  valid: number,
  bad: number,
  coverage = 1,
  state: MinuteState = minuteState.measured,
): MinuteEntry {
  return { minute, valid, bad, coverage, state };
}

function commit(
  ledger: Ledger,
  batch: {
    readonly final?: readonly MinuteEntry[];
    readonly provisional?: readonly MinuteEntry[];
    readonly checkpoint?: string;
  },
): Promise<void> {
  const { final = [], provisional = [], checkpoint } = batch;
  return ledger.commit({
    final: [{ objective: 'a', minutes: final }],
    provisional: [{ objective: 'a', minutes: provisional }],
    ...(checkpoint === undefined ? {} : { checkpoint }),
  });
}

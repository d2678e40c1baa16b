import assert from 'node:assert/strict';
import { it } from 'node:test';
import { array, assert as assertProperty, asyncProperty, boolean } from 'fast-check';
import { isSeen } from '../incidents/recovery.ts';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import { testConfig } from '../testing/test-config.ts';
import { openPageStore } from './page-store.ts';
import { createPager } from './pager.ts';
import { openWatchdogStore } from './watchdog-store.ts';
import type { Webhook } from './webhook.ts';

const minuteMs = 60_000;
const start = 29_000_000;
/** Everything is seen for so long before and after; the failure begins with the loss. */
const [calm, after] = [10, 10];
/** The short window of the alert: its rule finds nothing when nothing was seen in it. */
const windowMinutes = 5;

it('lost samples end no page while requests fail, and it ends once enough is seen again', async () => {
  const { config, dispose } = testConfig();
  await assertProperty(
    asyncProperty(array(boolean(), { minLength: 5, maxLength: 60 }), async (kept) => {
      const seen = [
        ...Array<boolean>(calm + 2).fill(true),
        ...kept,
        ...Array<boolean>(after).fill(true),
      ];
      const failsUntil = calm + 2 + kept.length;
      const records = openSqliteRecords(':memory:');
      const store = await openPageStore(records);
      const pager = createPager({
        store,
        watchdog: await openWatchdogStore(records),
        objectives: config.objectives,
        prometheus: { queryExemplars: async () => [] },
        budgetLeft: async () => ({ leftFraction: null, asOf: '' }),
        isSeen: (_, atMs) => isSeen(minutesOf(seen), Math.ceil(atMs / minuteMs)),
        onError: (message, error) => assert.fail(`${message}: ${String(error)}`),
      });
      let isFiring = false;
      for (let minute = calm; minute < seen.length; minute++) {
        const nowMs = (start + minute + 1) * minuteMs;
        const finds = rangeOf(minute).some(
          (at) => seen[at] === true && at >= calm && at < failsUntil,
        );
        if (finds !== isFiring)
          await pager.notify(webhook(finds, config.objectives[0]?.id ?? ''), nowMs);
        isFiring = finds;
        await pager.enrich(nowMs);
        const [page, ...others] = store.list({ limit: 10 }).map((one) => one.page);
        assert.deepEqual(others, []);
        if (minute < failsUntil) assert.equal(page?.status, 'firing', `ended in minute ${minute}`);
      }
      assert.equal(store.list({ limit: 1 })[0]?.page.status, 'resolved');
      await records.close();
    }),
    { numRuns: 60 },
  );
  dispose();
});

const rangeOf = (minute: number) =>
  Array.from({ length: windowMinutes }, (_, index) => minute - index);

/** The coverage of the minutes that were seen. */
const minutesOf = (seen: readonly boolean[]) => ({
  minutes: async (fromMinute: number, toMinute: number): Promise<MinuteColumns> => {
    const length = toMinute - fromMinute;
    const isSeenAt = (index: number) =>
      seen[fromMinute - start + index] ?? fromMinute + index < start;
    return {
      fromMinute,
      valid: new Float64Array(length),
      bad: new Float64Array(length),
      coverage: Float64Array.from({ length }, (_, index) => (isSeenAt(index) ? 1 : 0)),
      state: new Uint8Array(length).fill(minuteState.open),
    };
  },
});

function webhook(isFiring: boolean, objective: string): Webhook {
  const status = isFiring ? 'firing' : 'resolved';
  const startsAt = new Date((start + calm) * minuteMs).toISOString();
  const labels = { alertname: 'Burn', severity: 'page', objective };
  const alert = { status, labels, annotations: {}, startsAt } as const;
  return { version: '4', groupKey: 'group', status, receiver: '', alerts: [alert] };
}

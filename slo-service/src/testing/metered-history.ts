import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createMeter } from '../meter/meter.ts';
import { planMeter } from '../meter/plan.ts';
import { meterRules } from '../meter/rules.ts';
import { randomFrom, seriesOfHistory } from './random-history.ts';
import type { TargetHistory } from './random-history.ts';
import { sampleStore } from './sample-store.ts';

/** The rules at real time. */
export const rules = meterRules({
  timeScale: 1,
  scrapeIntervalMs: 15_000,
  evaluationIntervalMs: 15_000,
  minuteMs: 60_000,
  scaled: (seconds) => seconds,
});

const plan = planMeter({
  services: [{ name: 'shop' }, { name: 'shop' }],
  objectives: [
    {
      id: 'case',
      sli: {
        valid: [{ metric: 'valid', matchers: [], service: 'shop' }],
        bad: [{ metric: 'bad', matchers: [], service: 'shop' }],
      },
    },
  ],
});

/**
 * The ledger, with objective `case`, after a meter has seen a history to its end: its ticks come
 * irregularly, and it is killed now and then. The caller closes it.
 */
export async function meteredHistory(
  history: readonly TargetHistory[],
  {
    epochMs,
    minutes,
    seed,
    watch,
  }: {
    epochMs: number;
    minutes: number;
    seed: number;
    /** Looks at the ledger after each tick. */
    watch?: (ledger: Ledger, nowMs: number) => Promise<void>;
  },
): Promise<Ledger> {
  const random = randomFrom(seed ^ 0x5eed);
  const source = sampleStore(seriesOfHistory(history, epochMs), [...plan.selections.keys()]);
  const ledger = openSqliteLedger(':memory:');
  const start = (nowMs: number) => createMeter({ plan, rules, source, ledger, nowMs });
  let running = await start(epochMs);
  const endSeconds = minutes * 60 + 1200;
  for (let at = 0; at < endSeconds; at += 15 + Math.floor(random() * 120)) {
    const nowMs = epochMs + at * 1000;
    source.advanceTo(nowMs);
    await running.tick(nowMs);
    await watch?.(ledger, nowMs);
    if (random() < 0.1) running = await start(nowMs);
  }
  return ledger;
}

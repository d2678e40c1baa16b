import { constant, constantFrom, integer, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { HistoryShape } from '../random-history.ts';

/** From calm histories to those in which everything goes wrong at once. */
export const historyShape: Arbitrary<HistoryShape> = record({
  scrapes: integer({ min: 4, max: 150 }),
  restarts: constantFrom(0, 0.01, 0.05),
  falseResets: constantFrom(0, 0.02, 0.3),
  collectorGaps: constantFrom(0, 0.01, 0.03),
  targetOutages: constantFrom(0, 0.01, 0.03),
  late: constantFrom(0, 0.1, 0.5),
  clockSteps: constantFrom(0, 0, 0.02, 0.1),
  vanished: constantFrom(0, 0, 0.02),
  pairAheadSeconds: constantFrom(null, null, 0, -7, 3, 20),
  delaySecondsMax: constant(500),
});

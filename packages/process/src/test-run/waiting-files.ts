/**
 * Files that mostly wait, for a lease, a failover or a schedule, and leave half a processor to
 * others; longest first. A name that is missing here costs only time.
 */
export const waitingFiles: readonly string[] = [
  'market-services/test/dead-letters.test.ts',
  'market-services/test/faults.test.ts',
  'slo-service/src/replicas/replicas.test.ts',
  'market-services/test/batch-order.test.ts',
  'packages/data/src/keeper/keeper.test.ts',
  'slo-service/src/crash.test.ts',
  'market-services/test/cluster-faults.test.ts',
  'alerts/src/detection.test.ts',
  'market-services/load/src/scenario/run-scenario.test.ts',
  'packages/queue/src/redis-streams.test.ts',
  'packages/instrumentation/src/trace/delivery.test.ts',
];

/*
 * What a whole run begins with, so that it does not end with one long file alone. A name that is
 * missing here costs only time; files of less than ten seconds need none.
 */

/** Those that mostly wait, for a lease, a failover or a schedule; longest first. */
export const waitingFiles: readonly string[] = [
  'market-services/test/dead-letters.test.ts',
  'market-services/test/faults.test.ts',
  'slo-service/src/replicas/replicas.test.ts',
  'market-services/test/batch-order.test.ts',
  'packages/data/src/keeper/keeper.test.ts',
  'slo-service/src/crash.test.ts',
  'market-services/test/cluster-faults.test.ts',
  'market-services/test/without-redis.test.ts',
  'alerts/src/detection.test.ts',
  'market-services/load/src/scenario/run-scenario.test.ts',
  'packages/queue/src/redis-streams.test.ts',
  'packages/instrumentation/src/trace/delivery.test.ts',
];

/** The others, longest first. */
export const longFiles: readonly string[] = [
  'slo-service/console/test/accessibility.test.ts',
  'slo-service/console/test/views.test.ts',
  'slo-service/console/test/keyboard.test.ts',
  'slo-service/console/test/dashboards.test.ts',
  'alerts/src/lint/lint.test.ts',
  'market-services/test/scale.test.ts',
  'slo-service/console/test/bundle.test.ts',
  'market-services/test/orders.test.ts',
  'market-services/test/privacy.test.ts',
  'market-services/test/cancellations.test.ts',
  'slo-service/console/test/korean.test.ts',
  'slo-service/console/test/real-service.test.ts',
  'market-services/test/services.test.ts',
  'slo-service/src/crash/crash-rounds.test.ts',
  'market-services/test/chaos/order-chaos.test.ts',
  'market-services/test/hostile-input.test.ts',
  'market-services/test/order-checks.test.ts',
];

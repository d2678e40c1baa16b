import { randomInt } from 'node:crypto';
import { createPageCache, createTsidGenerator } from '@sprout/data';
import { createApi } from '../../src/api/create-api.ts';
import { consumerName, createMessaging } from '../../src/messaging.ts';
import { runService } from '../../src/run-service.ts';
import { createOrders } from './application/orders.ts';
import { createRecovery } from './application/recovery.ts';
import { createSettlement } from './application/settlement.ts';
import { orderOpenApi } from './infrastructure/in/order-openapi.ts';
import { orderProblem, orderRoutes } from './infrastructure/in/order-routes.ts';
import { startRecoveryTimer } from './infrastructure/in/recovery-timer.ts';
import { consumeStock } from './infrastructure/in/stock-consumer.ts';
import { orderMigrations } from './infrastructure/out/order-migrations.ts';
import { createOrderTable } from './infrastructure/out/order-table.ts';
import { oldestPendingSeconds } from './infrastructure/out/oldest-pending.ts';
import { createOpenQuestions } from './infrastructure/out/open-questions.ts';
import { createSettlementLedger } from './infrastructure/out/settlement-ledger.ts';
import { stockIsBack } from './infrastructure/out/stock-owed.ts';
import {
  orderSagaDuration,
  ordersMoved,
  ordersPendingAge,
  ordersPlaced,
  turnover,
} from './signals.ts';

await runService('order', (parts) => {
  const { telemetry, pools, redis } = parts;
  const newId = createTsidGenerator({ now: Date.now, random: randomInt });
  const pages = createPageCache(redis, { name: 'orders', telemetry, newVersion: newId });
  const messaging = createMessaging(parts, 'orders');
  const steps = telemetry.bind(ordersMoved);
  const orders = createOrders({
    repository: createOrderTable(pools, telemetry),
    pages,
    newId,
    now: () => new Date(),
    eventWaits: () => messaging.wake(),
    moved: (from, to) => steps.inc({ from, to }),
  });
  const saga = telemetry.bind(orderSagaDuration);
  const sales = telemetry.bind(turnover);
  const settlement = createSettlement({
    ledger: createSettlementLedger(pools.primary),
    now: () => new Date(),
    took: (outcome, seconds) => saga.observe({ outcome }, seconds),
    sold: (won) => sales.inc({}, won),
    orderChanged: () => pages.invalidate(),
  });
  const answered = (eventId: string) => stockIsBack(pools.primary, eventId);
  const questions = createOpenQuestions(pools.primary, { telemetry, newId });
  const recovery = createRecovery(questions, () => new Date());
  const markerIsBack = async (sentAt: Date) => {
    const asked = await recovery.markerIsBack(sentAt);
    if (asked === 0) return;
    telemetry.logger.info('product asked again', { events: asked });
    messaging.wake();
  };
  const placed = telemetry.bind(ordersPlaced);
  return {
    migrations: orderMigrations,
    app: createApi({
      document: orderOpenApi,
      routes: orderRoutes(orders, (outcome) => placed.inc({ outcome })),
      attach: parts.attach,
      toProblem: orderProblem,
      onUnexpected: (error) => telemetry.logger.error('request failed', { error }),
    }),
    start: async () => {
      await messaging.start((queue) =>
        consumeStock(queue, consumerName('order'), {
          settlement,
          stockIsBack: answered,
          markerIsBack,
        }),
      );
      const pendingAge = telemetry.bind(ordersPendingAge);
      const look = async () => {
        pendingAge.set({}, await oldestPendingSeconds(pools.primary, Date.now()));
        await recovery.look();
      };
      const timer = startRecoveryTimer(look, telemetry.logger);
      telemetry.onStop('recovery', () => timer.stop());
    },
  };
});

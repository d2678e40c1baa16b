import { randomInt } from 'node:crypto';
import { createPageCache, createTsidGenerator } from '@sprout/data';
import { createApi } from '../../src/api/create-api.ts';
import { consumerName, createMessaging } from '../../src/messaging.ts';
import { runService } from '../../src/run-service.ts';
import { createProducts } from './application/products.ts';
import { createStockDesk } from './application/stock-desk.ts';
import { consumeOrders } from './infrastructure/in/order-consumer.ts';
import { productOpenApi } from './infrastructure/in/product-openapi.ts';
import { productProblem, productRoutes } from './infrastructure/in/product-routes.ts';
import { createProductTable, productMigrations } from './infrastructure/out/product-table.ts';
import { seedProducts } from './infrastructure/out/seed.ts';
import { createStockLedger } from './infrastructure/out/stock-ledger.ts';
import { stockReleases, stockReservations } from './signals.ts';

await runService('product', (parts) => {
  const { telemetry, pools, redis } = parts;
  const newId = createTsidGenerator({ now: Date.now, random: randomInt });
  const pages = createPageCache(redis, { name: 'product', telemetry, newVersion: newId });
  const products = createProducts({
    repository: createProductTable(pools),
    pages,
    newId,
    now: () => new Date(),
  });
  const messaging = createMessaging(parts, 'stock');
  const reservations = telemetry.bind(stockReservations);
  const releases = telemetry.bind(stockReleases);
  const desk = createStockDesk({
    ledger: createStockLedger(pools.primary, telemetry),
    count: (verdict) => reservations.inc({ verdict }),
    countRelease: (outcome) => releases.inc({ outcome }),
    answerWaits: () => messaging.wake(),
  });
  return {
    migrations: productMigrations,
    app: createApi({
      document: productOpenApi,
      routes: productRoutes(products),
      attach: parts.attach,
      toProblem: productProblem,
      onUnexpected: (error) => telemetry.logger.error('request failed', { error }),
    }),
    start: async () => {
      await seedProducts(pools.primary);
      await messaging.start((queue) => consumeOrders(queue, consumerName('product'), desk));
    },
  };
});

// The measured service: one SELECT, one GET and one log line for each request.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Redis } from 'ioredis';
import { createPool } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import winston from 'winston';

const { VARIANT, MYSQL_PORT, REDIS_PORT } = process.env;

const watch =
  VARIANT === 'ours'
    ? (await import('@sprout/instrumentation')).observe({ service: 'bench' })
    : undefined;
const logger = watch?.logger ?? plainLogger();
const pool = createPool({
  host: '127.0.0.1',
  port: Number(MYSQL_PORT),
  user: 'root',
  database: 'bench',
  connectionLimit: 10,
});
const redis = new Redis({ host: '127.0.0.1', port: Number(REDIS_PORT) });

const app = express();
watch?.attach(app);
app.get('/items/:id', async (request, response) => {
  const { id } = request.params;
  const [rows] = await pool.execute<RowDataPacket[]>('SELECT id, name FROM items WHERE id = ?', [
    id,
  ]);
  const stock = await redis.get(`stock:${id}`);
  logger.info('item read', { item_id: id, stock });
  response.json({ item: rows[0], stock });
});

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

/** What a service logs with that nobody observes. */
function plainLogger(): winston.Logger {
  return winston.createLogger({
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Stream({ stream: process.stderr })],
  });
}

import { parseArgs } from 'node:util';
import { runOrderChaos } from './order-chaos.ts';
import type { ChaosVerdict } from './order-chaos.ts';

// npm run chaos -- orders --orders 10000 [--kills 100] [--seed 1] [--data cluster] [--json]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: 'string', default: '10000' },
    kills: { type: 'string' },
    seed: { type: 'string' },
    data: { type: 'string', default: 'single' },
    json: { type: 'boolean', default: false },
  },
});
const orders = Number(values.orders);
const kills = Number(values.kills ?? Math.ceil(orders / 100));
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
const data = values.data === 'single' || values.data === 'cluster' ? values.data : undefined;
if (
  data === undefined ||
  positionals[0] !== 'orders' ||
  ![orders, kills, seed].every(Number.isInteger) ||
  orders < 1
) {
  process.stderr.write(
    'usage: npm run chaos -- orders --orders N [--kills N] [--seed N] [--data single|cluster] [--json]\n',
  );
  process.exit(2);
}
process.stderr.write(`seed ${seed}\n`);
let calls = 0;
const verdict = await runOrderChaos({
  orders,
  kills,
  seed,
  data,
  onProgress: ({ accepted, refused, kills: so, waiting }) => {
    const line = `${accepted} of ${orders} orders, ${refused} requests refused, ${so} kills, ${waiting} waiting`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
    else if (++calls % 10 === 0) process.stderr.write(`${line}\n`);
  },
});
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
process.stdout.write(`${values.json ? JSON.stringify({ seed, ...verdict }) : sentence(verdict)}\n`);
const { lost, doubled, pieces, stuck } = verdict;
process.exit(lost + doubled + pieces + stuck === 0 ? 0 : 1);

function sentence(result: ChaosVerdict): string {
  const killed = Object.entries(result.killed).map(([name, count]) => `${name} ${count}`);
  const constant = result.pieces === 0 ? 'constant' : `off by ${result.pieces} pieces`;
  return (
    `orders: ${result.accepted} accepted, ${result.canceled} called off, ` +
    `killed ${killed.join(', ')}; ${result.lost} lost, ${result.doubled} doubled, ` +
    `${result.stuck} stuck, stock + sold ${constant}; settled after ` +
    `${result.recoverySeconds.toFixed(1)} s, ${result.seconds.toFixed(0)} s in all, seed ${seed}`
  );
}

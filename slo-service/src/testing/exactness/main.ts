import { parseArgs } from 'node:util';
import { integer, sample } from 'fast-check';
import { checkHistory, relativeError } from './check-history.ts';
import { historyShape } from './history-shape.ts';

/** `npm run exactness -- --histories 10000 [--seed N]`. */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const errorMax = 1e-9;
process.exitCode = await main(Number(values.histories), Number(values.seed));

async function main(histories: number, seed: number): Promise<number> {
  const shapes = sample(historyShape, { numRuns: histories, seed });
  const seeds = sample(integer(), { numRuns: histories, seed });
  let [compared, worst, wrong] = [0, 0, 0];
  for (const [index, shape] of shapes.entries()) {
    const historySeed = seeds[index] ?? 0;
    const figures = await checkHistory(historySeed, shape);
    compared += figures.length;
    worst = Math.max(worst, ...figures.map(relativeError));
    const off = figures.find((figure) => !(relativeError(figure) <= errorMax));
    if (off !== undefined) wrong += 1;
    if (off !== undefined) console.error(JSON.stringify({ historySeed, shape, ...off }));
    if ((index + 1) % 1000 === 0) console.error(`${index + 1} histories …`);
  }
  console.log(
    `exactness: seed ${seed}, ${histories} histories, ${compared} figures, ` +
      `largest relative error ${worst.toExponential(1)}, ${wrong} histories wrong`,
  );
  return wrong === 0 ? 0 : 1;
}

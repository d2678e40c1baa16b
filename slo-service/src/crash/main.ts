import { parseArgs } from 'node:util';
import { seededRandom } from '@sprout/journal/crash';
import { runKills } from './kill.ts';
import { runPowerLoss } from './power-loss.ts';

// Runs crash rounds on the ledger: node src/crash/main.ts --rounds 1000 [--seed 1] [--ignore-sync]
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string' },
    'ignore-sync': { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
process.stderr.write(`seed ${seed}\n`);
const powerLoss = await runPowerLoss({
  rounds,
  random: seededRandom(seed),
  ignoreSync: values['ignore-sync'],
});
process.stderr.write(`power loss: ${JSON.stringify(powerLoss)}\n`);
const kill = await runKills({ rounds, random: seededRandom(seed + 1) });
process.stderr.write(`kill -9: ${JSON.stringify(kill)}\n`);

const events = powerLoss.events + kill.events;
const lost = powerLoss.lost + kill.lost;
const doubled = powerLoss.doubled + kill.doubled;
process.stdout.write(
  `ledger: ${rounds} rounds, ${events} events, ${lost} lost, ${doubled} doubled\n`,
);
process.exitCode = lost + doubled === 0 ? 0 : 1;

import { parseArgs } from 'node:util';
import { runKills } from './kill.ts';
import type { Verdict } from './oracle.ts';
import { runPowerLoss } from './power-loss.ts';
import { seededRandom } from './random.ts';

// Runs crash rounds on the journal: node src/crash/main.ts --rounds 1000 [--seed 1] [--ignore-sync]
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
report('power loss', powerLoss);
const kill = await runKills({ rounds, random: seededRandom(seed + 1) });
report('kill -9', kill);

const records = powerLoss.records + kill.records;
const lost = powerLoss.lost + kill.lost;
const doubled = powerLoss.doubled + kill.doubled;
const wrong =
  lost + doubled + [powerLoss, kill].reduce((sum, one) => sum + one.reordered + one.damaged, 0);
process.stdout.write(
  `journal: ${rounds} rounds, ${records} records, ${lost} lost, ${doubled} doubled\n`,
);
process.exitCode = wrong === 0 ? 0 : 1;

function report(kind: string, verdict: Verdict): void {
  process.stderr.write(`${kind}: ${JSON.stringify(verdict)}\n`);
}

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { costs } from './cost.ts';
import { detections, falsePages, workbookMinutes } from './measure.ts';
import { ours } from './ours.ts';
import { pyrra } from './pyrra.ts';
import { markdown } from './report.ts';
import type { Results } from './report.ts';
import { sloth } from './sloth.ts';

const years = Number(process.env['BENCH_YEARS'] ?? 10);
const trials = Number(process.env['BENCH_TRIALS'] ?? 50);
const targets = [0.99, 0.999];
const rates = [1, 10, 10_000];
/** What fails while nothing is wrong, in shares of what the promise allows. */
const backgrounds = [
  { name: 'a tenth of the budget', share: 0.1, burst: 1 },
  { name: 'half of the budget', share: 0.5, burst: 1 },
  { name: '95 % of the budget', share: 0.95, burst: 1 },
  { name: 'half of the budget, in bursts of five', share: 0.5, burst: 5 },
];
const faults = [
  { name: 'total outage, 30 minutes', minutes: 30, badRatio: 1 },
  { name: '10 % errors, 12 hours', minutes: 720, badRatio: 0.1 },
  { name: '2 % errors, 3 days', minutes: 4320, badRatio: 0.02 },
  { name: 'blip of 1 minute', minutes: 1, badRatio: 1 },
  { name: 'blip of 3 minutes', minutes: 3, badRatio: 1 },
];
const page = fileURLToPath(new URL('../../docs/alerting-benchmark.md', import.meta.url));

/** What burn-rate alerts of three tools say in a year without faults, and of faults, and cost. */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const results = measured();
  if (json) return console.log(JSON.stringify(results));
  const text = markdown(results);
  writeFileSync(page, text);
  console.log(text);
}

function measured(): Results {
  const cases = targets.flatMap((target) => rates.map((perMinute) => ({ target, perMinute })));
  return {
    years,
    trials,
    tools: setsOf(0.99).map((set) => ({ tool: set.tool, ...costs(set) })),
    falsePages: cases.flatMap(({ target, perMinute }) => {
      console.error(`${years} quiet years at ${perMinute} a minute, target ${target} …`);
      return backgrounds.map(({ name, share, burst }) => ({
        target,
        perMinute,
        background: name,
        pages: falsePages(
          setsOf(target),
          { perMinute, badRatio: share * (1 - target), burst },
          years,
        ),
      }));
    }),
    detections: cases.flatMap(({ target, perMinute }) => {
      console.error(`${trials} times each fault at ${perMinute} a minute, target ${target} …`);
      const background = { perMinute, badRatio: 0.1 * (1 - target), burst: 1 };
      return faults.map((fault) => ({
        target,
        perMinute,
        fault: fault.name,
        workbookMinutes: workbookMinutes(target, fault),
        tools: detections(setsOf(target), background, fault, trials),
      }));
    }),
  };
}

const setsOf = (target: number) => [ours(target), sloth(target), pyrra(target)];

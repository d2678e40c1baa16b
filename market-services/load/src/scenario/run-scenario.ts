import { enterShop } from '../run-load.ts';
import type { Shop } from '../run-load.ts';
import { startGenerator } from '../traffic/generator.ts';
import type { Generator } from '../traffic/generator.ts';
import { seededRandom } from '../traffic/random.ts';
import { planFor } from '../traffic/shopper.ts';
import { durationMs } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { createScenarioTally } from './scenario-result.ts';
import type { ScenarioResult, ScenarioTally } from './scenario-result.ts';
import { stagedArrivals } from './staged-arrivals.ts';
import { startVisitors } from './visitors.ts';

export interface ScenarioOptions extends Shop {
  readonly seed: number;
  /** Told of the result so far, once a second. */
  readonly onProgress: (result: ScenarioResult) => void;
  /** Aborting ends the load early; the result covers what was sent. */
  readonly signal: AbortSignal;
}

/**
 * Runs a scenario and returns its result.
 * Throws SproutError `SHOP_EMPTY` when the gateway lists no products or accounts.
 */
export async function runScenario(
  scenario: Scenario,
  options: ScenarioOptions,
): Promise<ScenarioResult> {
  const shop = await enterShop(options);
  const tally = createScenarioTally(scenario);
  const startedMs = performance.now();
  const generator = start(scenario, shop, seededRandom(options.seed), tally);
  let stoppedMs: number | undefined;
  const resultNow = () => tally.result(stoppedMs ?? performance.now() - startedMs);
  const stop = () => {
    stoppedMs = performance.now() - startedMs;
    generator.stop();
  };
  const ticker = setInterval(() => options.onProgress(resultNow()), 1000);
  options.signal.addEventListener('abort', stop, { once: true });
  await generator.done;
  clearInterval(ticker);
  shop.client.close();
  return resultNow();
}

function start(
  scenario: Scenario,
  { client, catalogue }: Awaited<ReturnType<typeof enterShop>>,
  random: () => number,
  tally: ScenarioTally,
): Generator {
  const common = {
    client,
    durationMs: durationMs(scenario),
    observe: tally.add,
  };
  const { mix, visitors, stages } = scenario;
  const planner = (own: () => number) => planFor(mix, catalogue, own);
  if (visitors !== undefined) return startVisitors({ ...common, visitors, planner, random });
  const arrivals = stagedArrivals(stages, random);
  return startGenerator({ ...common, arrivals, plan: planner(random) });
}

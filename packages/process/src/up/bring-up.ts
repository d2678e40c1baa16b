import { buildConfig } from '../config-build/build-config.ts';
import type { SproutConfig } from '../config-schema.ts';
import { selectSpecs } from '../supervisor/dependency-order.ts';
import { endLeftovers } from '../supervisor/leftovers.ts';
import { checkPorts } from '../supervisor/ports.ts';
import { startStack } from '../supervisor/stack.ts';
import type { Stack } from '../supervisor/stack.ts';
import { installTools } from '../tools/install-tools.ts';
import { buildConsole } from './build-console.ts';
import { fillHistory } from './fill-history.ts';
import { firstVerdict } from './first-verdict.ts';
import type { FirstVerdict } from './first-verdict.ts';
import type { Progress } from './progress.ts';
import { withoutReplaced } from './stack-parts.ts';
import type { StackParts } from './stack-parts.ts';

export interface BringUpOptions {
  readonly configFile: string;
  readonly only: readonly string[] | undefined;
  /** Fills an empty ledger with simulated history first. */
  readonly withHistory: boolean;
  readonly signal: AbortSignal;
}

/** A stack that is healthy, and what its objectives say. */
export interface BroughtUp {
  readonly config: SproutConfig;
  readonly stack: Stack;
  /** `none` when nothing that gives verdicts was started, `late` when there was none in time. */
  readonly verdict: FirstVerdict | 'none' | 'late';
  readonly elapsedSeconds: number;
}

/** Time after which a stack without any verdict is reported as such; divided by the time scale. */
const verdictTimeoutMs = 180_000;

/** Everything between the command line and a healthy stack. */
export async function bringUp(
  parts: StackParts,
  options: BringUpOptions,
  progress: Progress,
): Promise<BroughtUp> {
  const began = Date.now();
  const step = (text: string) => progress.tell({ kind: 'step', text });
  const { config } = await buildConfig(options.configFile);
  const specs = selectSpecs(withoutReplaced(await parts.processes(config), config), options.only);
  // Before anything is installed or built: what is in the way is known at once.
  await endLeftovers(config.dataDir);
  await checkPorts(
    config,
    specs.map((spec) => spec.name),
  );
  const tools = specs.flatMap((spec) => spec.tools);
  await installTools(tools, config, {
    announce: step,
    progress: (text) => progress.tell({ kind: 'detail', text }),
  });
  if (specs.some((spec) => spec.name === 'slo-service')) {
    step('building the web console, if its source has changed');
    await buildConsole(parts.root, (text) => progress.tell({ kind: 'detail', text }));
    if (options.withHistory) await fillHistory(parts.root, options.configFile, step);
  }
  step(`starting ${specs.length} processes; data in ${config.dataDir}`);
  const stack = await startStack(specs, config, {
    signal: options.signal,
    onChange: (status) => progress.tell({ kind: 'process', status }),
    onNotice: step,
  });
  const verdict = await awaitVerdict(stack, config, options.signal, progress);
  return { config, stack, verdict, elapsedSeconds: (Date.now() - began) / 1000 };
}

async function awaitVerdict(
  stack: Stack,
  config: SproutConfig,
  signal: AbortSignal,
  progress: Progress,
): Promise<BroughtUp['verdict']> {
  const url = stack.status().find(({ name }) => name === 'slo-service')?.addresses['http'];
  if (url === undefined || config.objectives.length === 0) return 'none';
  const text = 'waiting for the first objective with a verdict';
  const found = await firstVerdict(
    url,
    Math.max(verdictTimeoutMs / config.timeScale, 30_000),
    (elapsedSeconds) => progress.tell({ kind: 'waiting', text, elapsedSeconds }),
    signal,
  );
  return found ?? 'late';
}

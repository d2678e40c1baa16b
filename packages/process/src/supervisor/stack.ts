import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SproutConfig } from '../config-schema.ts';
import { saveConfig } from '../config.ts';
import { SproutError } from '../error.ts';
import type { ProcessContext, ProcessSpec } from '../process-spec.ts';
import { projectRoot } from '../project-root.ts';
import { findTool } from '../tools/find-tool.ts';
import { childEnvironment } from './child-environment.ts';
import { claimDataDir } from './claim.ts';
import { inOrder, selectSpecs } from './dependency-order.ts';
import { postGuard } from './guard.ts';
import { endLeftovers } from './leftovers.ts';
import { rotateLog } from './log-file.ts';
import { ManagedProcess } from './managed-process.ts';
import type { Surroundings } from './managed-process.ts';
import { checkPorts, openPortBook } from './ports.ts';
import type { ProcessStatus } from './process-status.ts';
import { defaultRestartPolicy } from './restart-policy.ts';
import type { RestartPolicy } from './restart-policy.ts';
import { followScaleRequests } from './scale-request.ts';
import { createScaling } from './scaling.ts';
import { reportState } from './state-reporter.ts';

/** Processes that run together on one data directory. */
export interface Stack {
  /** Stops all in the reverse order; what does not stop in time is killed. */
  stop(): Promise<void>;
  /** Signals one as a fault would (default SIGKILL); if it ends, it is started again. */
  kill(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Stops and starts one; resolves when it is healthy again. */
  restart(name: string): Promise<void>;
  status(): ProcessStatus[];
  /**
   * Runs so many instances of a process, named `<name>`, `<name>-2`, … Resolves when new ones are
   * healthy and old ones have drained. Throws SproutError `NOT_SCALABLE`.
   */
  scale(name: string, count: number): Promise<void>;
}

export interface StackOptions {
  /** Names of those to start, with whatever they come after; default all. */
  readonly only?: readonly string[];
  /** Told of each change, also after the start. */
  onChange?(status: ProcessStatus): void;
  /** Told what was done besides starting, for example that leftovers were ended. */
  onNotice?(line: string): void;
  /** Aborting it ends a start that is under way; what has been started is stopped. */
  readonly signal?: AbortSignal;
  readonly restartPolicy?: RestartPolicy;
  readonly startTimeoutMs?: number;
  readonly stopTimeoutMs?: number;
}

const startTimeoutMsDefault = 120_000;
const stopTimeoutMsDefault = 20_000;
const rotateEveryMs = 10_000;

/**
 * Starts processes in the order of their `after`, in parallel where it allows, and resolves when
 * all are healthy. Writes `<data>/config.json` for them first. Nothing stays when it fails.
 * Throws SproutError `ALREADY_RUNNING`, `PORT_TAKEN`, `PROCESS_NOT_STARTED`, `PROCESS_UNKNOWN`.
 *
 * @example
 * const stack = await startStack([...collectorProcesses()], config);
 * await stack.kill('collector');
 * await stack.stop();
 */
export async function startStack(
  specs: readonly ProcessSpec[],
  config: SproutConfig,
  options: StackOptions = {},
): Promise<Stack> {
  const selected = selectSpecs(specs, options.only);
  mkdirSync(config.dataDir, { recursive: true });
  const giveUpClaim = await claimDataDir(config.dataDir);
  try {
    await clearTheWay(selected, config, options);
    return await launch(selected, config, options, giveUpClaim);
  } catch (error) {
    await giveUpClaim();
    throw error;
  }
}

async function clearTheWay(
  specs: readonly ProcessSpec[],
  config: SproutConfig,
  options: StackOptions,
): Promise<void> {
  const ended = await endLeftovers(config.dataDir);
  if (ended.length > 0)
    options.onNotice?.(`ended what a killed sprout had left: ${ended.join(', ')}`);
  await checkPorts(
    config,
    specs.map((spec) => spec.name),
  );
  saveConfig(config, join(config.dataDir, 'config.json'));
}

async function launch(
  specs: readonly ProcessSpec[],
  config: SproutConfig,
  options: StackOptions,
  giveUpClaim: () => Promise<void>,
): Promise<Stack> {
  const guard = postGuard();
  const ports = await openPortBook(
    config,
    specs.map((spec) => spec.name),
  );
  const processes = new Map<string, ManagedProcess>();
  const reporter = reportState(config.dataDir, () => statuses(processes));
  const common = {
    cwd: projectRoot,
    guard,
    restartPolicy: options.restartPolicy ?? defaultRestartPolicy,
    startTimeoutMs: options.startTimeoutMs ?? startTimeoutMsDefault,
    stopTimeoutMs: options.stopTimeoutMs ?? stopTimeoutMsDefault,
    onChange: (status: ProcessStatus) => {
      reporter.changed();
      options.onChange?.(status);
    },
  } satisfies Omit<Surroundings, 'context' | 'env' | 'choosePortsAgain'>;
  const running = [...specs];
  const add = (spec: ProcessSpec) => {
    const context = contextOf(spec, config, ports.port);
    const added = new ManagedProcess(spec, {
      ...common,
      context,
      env: childEnvironment(spec, config),
      choosePortsAgain: () => ports.chooseAgain(spec.name),
    });
    processes.set(spec.name, added);
    return added;
  };
  for (const spec of specs) add(spec);
  const rotation = setInterval(() => {
    for (const { log } of statuses(processes)) rotateLog(log);
  }, rotateEveryMs).unref();

  const stopAll = async () => {
    requests.stop();
    await inOrder(running, (name) => get(processes, name).stop(), 'reverse');
    clearInterval(rotation);
    guard.dismiss();
    reporter.end();
    await giveUpClaim();
  };
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll());
  const scale = createScaling({
    running,
    start: (spec) => add(spec).start(),
    stop: async (name) => {
      await get(processes, name).stop();
      processes.delete(name);
      reporter.changed();
    },
  });
  const requests = followScaleRequests(config.dataDir, scale, (line) => options.onNotice?.(line));
  await startAll(specs, processes, stop, options.signal);
  return {
    scale,
    stop,
    kill: (name, signal = 'SIGKILL') => get(processes, name).kill(signal),
    restart: (name) => get(processes, name).restart(),
    status: () => statuses(processes),
  };
}

async function startAll(
  specs: readonly ProcessSpec[],
  processes: ReadonlyMap<string, ManagedProcess>,
  stop: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let over = false;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new SproutError('INTERRUPTED', 'stopped while starting'));
  signal?.addEventListener('abort', abort);
  const start = async (name: string) => {
    if (!over) await get(processes, name).start();
  };
  try {
    if (signal?.aborted) abort();
    await Promise.race([inOrder(specs, start), aborted.promise]);
  } catch (error) {
    over = true;
    await stop();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function contextOf(
  spec: ProcessSpec,
  config: SproutConfig,
  port: (process: string, listener?: string) => number,
): ProcessContext {
  const directory = join(config.dataDir, spec.name);
  mkdirSync(directory, { recursive: true });
  return {
    config,
    tool: (name) => findTool(name, config),
    port: (listener) => port(spec.name, listener),
    directory,
  };
}

function statuses(processes: ReadonlyMap<string, ManagedProcess>): ProcessStatus[] {
  return [...processes.values()].map((managed) => managed.status());
}

function get(processes: ReadonlyMap<string, ManagedProcess>, name: string): ManagedProcess {
  const found = processes.get(name);
  if (found !== undefined) return found;
  throw new SproutError('PROCESS_UNKNOWN', `there is no process ${name}`, {
    hint: `the processes are ${[...processes.keys()].join(', ')}`,
  });
}

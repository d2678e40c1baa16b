import { setTimeout as sleep } from 'node:timers/promises';
import { SproutError } from '../error.ts';
import type { ProcessContext, ProcessSpec } from '../process-spec.ts';
import { publishRunFile, removeRunFile } from '../run-file.ts';
import { startChild } from './child.ts';
import type { Child } from './child.ts';
import type { Guard } from './guard.ts';
import { watchHealth } from './health.ts';
import type { HealthReport } from './health.ts';
import { logPath, logTail, openLog } from './log-file.ts';
import { signalGroup } from './process-identity.ts';
import type { ProcessStatus } from './process-status.ts';
import { delayBefore } from './restart-policy.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** What a process is started with. */
export interface Surroundings {
  readonly context: ProcessContext;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly guard: Guard;
  readonly restartPolicy: RestartPolicy;
  /** Time that a process gets to become healthy, and to stop before it is killed. */
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
  /** Gives it other ports, where none are configured. */
  choosePortsAgain(): void;
  onChange(status: ProcessStatus): void;
}

/** Lines of a log that an error message quotes. */
const quotedLines = 12;

/** One process of a stack: started, watched, started again when it crashes, stopped. */
export class ManagedProcess {
  readonly spec: ProcessSpec;
  readonly #around: Surroundings;
  readonly #stopping = new AbortController();
  #status: ProcessStatus;
  #child: Child | undefined;
  #running: Promise<void> = Promise.resolve();
  #healthy = Promise.withResolvers<void>();
  #everHealthy = false;
  /** Set while a restart was asked for: that end is no crash. */
  #restarting = false;

  constructor(spec: ProcessSpec, around: Surroundings) {
    this.spec = spec;
    this.#around = around;
    const log = logPath(around.context.config.dataDir, spec.name);
    this.#status = { name: spec.name, state: 'waiting', restarts: 0, addresses: {}, log };
  }

  status(): ProcessStatus {
    return this.#status;
  }

  /** Resolves when healthy; rejects with SproutError `PROCESS_NOT_STARTED`. */
  async start(): Promise<void> {
    this.#running = this.#runOn();
    await this.#untilHealthy();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#healthy.promise.catch(() => undefined);
    this.#healthy.reject(this.#notStarted('stopped before it was healthy'));
    if (this.#child !== undefined) this.#change({ state: 'stopping' });
    await this.#endChild();
    await this.#running;
    removeRunFile(this.#around.context.config, this.spec.name);
    this.#change({ state: 'stopped', reason: undefined });
  }

  /** Sends a signal as a fault would; what ends by it counts as crashed and is started again. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    signalGroup(child.identity, signal);
    if (signal === 'SIGKILL') await child.exited;
  }

  /** Stops and starts it; resolves when it is healthy again. */
  async restart(): Promise<void> {
    this.#healthy = Promise.withResolvers();
    if (this.#child === undefined) {
      this.#running = this.#running.then(() => this.#runOn());
    } else {
      this.#restarting = true;
      await this.#endChild();
    }
    await this.#untilHealthy();
  }

  /** Runs the program again and again until it is stopped or the policy gives up. */
  async #runOn(): Promise<void> {
    const { restartPolicy, choosePortsAgain } = this.#around;
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const began = Date.now();
      const how = await this.#runOnce().catch((error: unknown) => messageOf(error));
      if (this.#stopping.signal.aborted) return;
      if (this.#restarting) {
        this.#restarting = false;
        continue;
      }
      failures = Date.now() - began > restartPolicy.steadyMs ? 1 : failures + 1;
      if (this.#isHopeless(failures)) {
        this.#fail(`${how}; given up after ${failures} failures in a row`);
        return;
      }
      // Between choosing a port and listening on it, somebody else may have taken it.
      if (!this.#everHealthy) choosePortsAgain();
      await this.#backOff(how, delayBefore(restartPolicy, failures));
    }
  }

  /** Runs the program once; resolves to how it ended. */
  async #runOnce(): Promise<string> {
    const { context, guard } = this.#around;
    this.#change({ state: 'starting', reason: undefined });
    await this.spec.prepare?.(context);
    const child = await this.#spawn();
    this.#child = child;
    guard.add(child.identity);
    // Stopped while it was being spawned: nobody else knows of this child yet.
    if (this.#stopping.signal.aborted) void this.#endChild();
    this.#change({ ...child.identity, startedAt: new Date().toISOString() });
    const over = new AbortController();
    const watching = this.#watch(child.identity.pid, over.signal);
    const how = await child.exited;
    over.abort();
    await watching;
    guard.remove(child.identity);
    this.#child = undefined;
    this.#change({ pid: undefined, startTicks: undefined, startedAt: undefined });
    return how;
  }

  #spawn(): Promise<Child> {
    const { context, env, cwd } = this.#around;
    const command = this.spec.command(context);
    const log = openLog(context.config.dataDir, this.spec.name);
    return startChild({
      file: command.file,
      args: command.args,
      env: { ...env, ...command.env },
      cwd,
      log,
    });
  }

  async #watch(pid: number, signal: AbortSignal): Promise<void> {
    const { context } = this.#around;
    const addresses = this.spec.addresses?.(context);
    if (addresses !== undefined) {
      publishRunFile(context.config, { name: this.spec.name, pid, addresses });
    }
    await watchHealth(this.spec, context, pid, (report) => this.#hear(report), signal);
  }

  #hear({ reason, addresses }: HealthReport): void {
    const { state } = this.#status;
    // What a process on its way out says is no news of the one that follows.
    if (this.#restarting || state === 'stopping') return;
    if (reason === undefined) {
      this.#everHealthy = true;
      this.#healthy.resolve();
      if (state !== 'healthy') this.#change({ state: 'healthy', reason: undefined, addresses });
      return;
    }
    if (this.#status.reason === reason) return;
    this.#change({ state: state === 'starting' ? 'starting' : 'unhealthy', reason });
  }

  #isHopeless(failures: number): boolean {
    const { restartsMax, startAttemptsMax } = this.#around.restartPolicy;
    return this.#everHealthy ? failures > restartsMax : failures >= startAttemptsMax;
  }

  async #backOff(how: string, delayMs: number): Promise<void> {
    this.#change({
      state: 'backoff',
      reason: `${how}; starts again in ${delayMs} ms`,
      restarts: this.#status.restarts + 1,
    });
    const { signal } = this.#stopping;
    // Rejects when stopped meanwhile; the caller looks at the signal.
    await sleep(delayMs, undefined, { signal }).catch(() => undefined);
  }

  #fail(reason: string): void {
    this.#change({ state: 'failed', reason });
    // After a start that succeeded nobody waits: the state tells.
    this.#healthy.promise.catch(() => undefined);
    this.#healthy.reject(this.#notStarted(reason));
  }

  async #endChild(): Promise<void> {
    await this.#child?.end(this.spec.stopSignal ?? 'SIGTERM', this.#around.stopTimeoutMs);
  }

  async #untilHealthy(): Promise<void> {
    const { startTimeoutMs } = this.#around;
    const timer = setTimeout(() => {
      const reason = this.#status.reason ?? 'no reason known';
      this.#healthy.reject(this.#notStarted(`not healthy after ${startTimeoutMs} ms: ${reason}`));
    }, startTimeoutMs);
    try {
      await this.#healthy.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  #notStarted(reason: string): SproutError {
    const { log } = this.#status;
    const tail = logTail(log, quotedLines).map((line) => `  | ${line}`);
    return new SproutError(
      'PROCESS_NOT_STARTED',
      [`${this.spec.name}: ${reason}`, ...tail].join('\n'),
      { hint: `its log is ${log}` },
    );
  }

  #change(next: Partial<ProcessStatus>): void {
    this.#status = { ...this.#status, ...next };
    this.#around.onChange(this.#status);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

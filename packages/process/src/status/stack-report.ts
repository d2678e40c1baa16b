import { pssBytes } from '../supervisor/memory.ts';
import { isAlive } from '../supervisor/process-identity.ts';
import type { ProcessStatus } from '../supervisor/process-status.ts';
import { runningStack } from '../supervisor/stack-state.ts';

/** One process as `sprout status --json` shows it. */
export interface ProcessReport {
  readonly name: string;
  readonly state: string;
  /** Why it is not healthy; null when it is. */
  readonly reason: string | null;
  readonly pid: number | null;
  readonly addresses: Readonly<Record<string, string>>;
  readonly pssBytes: number | null;
  readonly restarts: number;
  readonly uptimeSeconds: number | null;
  readonly log: string;
}

export interface StackReport {
  readonly running: boolean;
  /** Of the supervisor. */
  readonly pid: number | null;
  readonly uptimeSeconds: number | null;
  readonly dataDir: string;
  /** Sum over the processes and the supervisor. */
  readonly pssBytes: number;
  readonly processes: readonly ProcessReport[];
}

/** What runs now with its data in `dataDir`. */
export function reportStack(dataDir: string, now = Date.now()): StackReport {
  const stack = runningStack(dataDir);
  if (stack === undefined) {
    const nothing = { running: false, pid: null, uptimeSeconds: null, pssBytes: 0, processes: [] };
    return { ...nothing, dataDir };
  }
  const processes = stack.processes.map((status) => reportProcess(status, now));
  const own = pssBytes(stack.pid) ?? 0;
  return {
    running: true,
    pid: stack.pid,
    uptimeSeconds: secondsSince(stack.startedAt, now),
    dataDir,
    pssBytes: processes.reduce((sum, each) => sum + (each.pssBytes ?? 0), own),
    processes,
  };
}

function reportProcess(status: ProcessStatus, now: number): ProcessReport {
  const { pid, startTicks, startedAt } = status;
  const alive = pid !== undefined && startTicks !== undefined && isAlive({ pid, startTicks });
  return {
    name: status.name,
    state: status.state,
    reason: status.reason ?? null,
    pid: alive ? pid : null,
    addresses: status.addresses,
    pssBytes: alive ? (pssBytes(pid) ?? null) : null,
    restarts: status.restarts,
    uptimeSeconds: alive && startedAt !== undefined ? secondsSince(startedAt, now) : null,
    log: status.log,
  };
}

function secondsSince(instant: string, now: number): number {
  return Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
}

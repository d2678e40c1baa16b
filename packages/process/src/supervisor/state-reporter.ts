import { identify } from './process-identity.ts';
import type { ProcessStatus } from './process-status.ts';
import { removeStackState, writeStackState } from './stack-state.ts';

/** Keeps `<data>/stack.json` up to date. */
export interface StateReporter {
  changed(): void;
  /** Everything has stopped: removes the file. */
  end(): void;
}

export function reportState(
  dataDir: string,
  processes: () => readonly ProcessStatus[],
): StateReporter {
  const startTicks = identify(process.pid)?.startTicks ?? '';
  const startedAt = new Date().toISOString();
  let ended = false;
  return {
    changed: () => {
      // Written at once, so that a supervisor that dies leaves no child unmentioned.
      if (ended) return;
      writeStackState(dataDir, {
        pid: process.pid,
        startTicks,
        startedAt,
        processes: [...processes()],
      });
    },
    end: () => {
      ended = true;
      removeStackState(dataDir);
    },
  };
}

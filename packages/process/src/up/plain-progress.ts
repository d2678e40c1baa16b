import type { ProcessStatus } from '../supervisor/process-status.ts';
import type { Progress, UpEvent } from './progress.ts';

/** Seconds between two lines that say that something is still being waited for. */
const waitingEverySeconds = 10;

/** One line per event that matters, for logs and pipes. */
export function plainProgress(write: (line: string) => void): Progress {
  let waitingSaid = -1;
  const healthySince = new Set<string>();

  const tellProcess = (status: ProcessStatus) => {
    const { name, state, reason } = status;
    if (state === 'healthy' && !healthySince.has(name)) {
      healthySince.add(name);
      write(`${name} is healthy${addressText(status)}`);
    }
    if (state === 'backoff' || state === 'failed') {
      healthySince.delete(name);
      write(`${name}: ${reason ?? state}`);
    }
  };
  const tellWaiting = ({ text, elapsedSeconds }: Extract<UpEvent, { kind: 'waiting' }>) => {
    const round = Math.floor(elapsedSeconds / waitingEverySeconds);
    if (round === waitingSaid) return;
    waitingSaid = round;
    write(`${text} (${Math.round(elapsedSeconds)} s)`);
  };
  return {
    tell: (event) => {
      if (event.kind === 'step') write(event.text);
      if (event.kind === 'process') tellProcess(event.status);
      if (event.kind === 'waiting') tellWaiting(event);
    },
    end: () => undefined,
  };
}

/** The addresses of a process in one line; empty when it has none. */
export function addressText(status: Pick<ProcessStatus, 'addresses'>): string {
  const addresses = Object.values(status.addresses);
  return addresses.length === 0 ? '' : `  ${addresses.join('  ')}`;
}

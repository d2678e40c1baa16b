import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import type { ProcessStatus } from '../supervisor/process-status.ts';
import { addressText } from './plain-progress.ts';
import type { Progress } from './progress.ts';

const redrawEveryMs = 100;

/** One line per process that changes in place, and one for what is being waited for. */
export function liveProgress(terminal: WriteStream): Progress {
  const processes = new Map<string, ProcessStatus>();
  let footer = '';
  let drawn = 0;
  let stale = false;

  const erase = () => {
    if (drawn > 0) terminal.write(`\u001B[${drawn}A\u001B[J`);
    drawn = 0;
  };
  const draw = () => {
    const block = [...[...processes.values()].map(processLine), footer]
      .filter((line) => line !== '')
      .map((line) => line.slice(0, terminal.columns + styleLength(line)));
    erase();
    terminal.write(block.map((line) => `${line}\n`).join(''));
    drawn = block.length;
    stale = false;
  };
  const timer = setInterval(() => void (stale && draw()), redrawEveryMs).unref();

  return {
    tell: (event) => {
      if (event.kind === 'step') {
        erase();
        terminal.write(`${event.text}\n`);
        footer = '';
      }
      if (event.kind === 'detail') footer = styleText('dim', `  ${event.text}`);
      if (event.kind === 'process') processes.set(event.status.name, event.status);
      if (event.kind === 'waiting') footer = `${event.text} ${Math.round(event.elapsedSeconds)} s`;
      stale = true;
    },
    end: () => {
      clearInterval(timer);
      footer = '';
      draw();
    },
  };
}

const marks = {
  waiting: styleText('dim', '·'),
  starting: styleText('cyan', '…'),
  healthy: styleText('green', '✓'),
  unhealthy: styleText('yellow', '!'),
  backoff: styleText('yellow', '↻'),
  stopping: styleText('cyan', '…'),
  stopped: styleText('dim', '·'),
  failed: styleText('red', '✗'),
} as const;

function processLine(status: ProcessStatus): string {
  const what = status.state === 'healthy' ? addressText(status).trim() : (status.reason ?? '');
  return `  ${marks[status.state]} ${status.name.padEnd(14)} ${status.state.padEnd(9)} ${what}`;
}

/** Characters of a line that take no room on the terminal. */
function styleLength(line: string): number {
  // oxlint-disable-next-line no-control-regex -- terminal styles are control characters
  return [...line.matchAll(/\u001B\[\d+m/g)].reduce((sum, [style]) => sum + style.length, 0);
}

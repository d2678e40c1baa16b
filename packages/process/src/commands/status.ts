import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../cli/failure.ts';
import { loadDataDir } from '../config.ts';
import { reportStack } from '../status/stack-report.ts';
import { statusTable } from '../status/status-table.ts';

export const statusCommand: Command = {
  name: ['status'],
  summary: 'Show each process: state, pid, address, memory (Pss), restarts, uptime.',
  examples: [
    './sprout status                    # a table; exit code 1 when nothing runs, 4 when not all is healthy',
    './sprout status --json             # the same for programs',
  ],
  run: async (context) => printStatus(loadDataDir(), context),
};

/** Prints what runs; exit code 0 all healthy, 4 some not, 1 nothing runs. */
export function printStatus(
  dataDir: string,
  context: Pick<CommandContext, 'values' | 'print' | 'warn'>,
): number {
  const report = reportStack(dataDir);
  if (context.values['json'] === true) context.print(JSON.stringify(report, null, 2));
  else if (report.running) for (const line of statusTable(report)) context.print(line);
  else context.warn('nothing runs here; ./sprout up starts it');
  if (!report.running) return exitCodes.failure;
  const healthy = report.processes.every(({ state }) => state === 'healthy');
  return healthy ? exitCodes.ok : exitCodes.partial;
}

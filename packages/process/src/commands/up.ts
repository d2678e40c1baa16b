import { join } from 'node:path';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../cli/failure.ts';
import { usageError } from '../cli/usage-error.ts';
import { SproutError } from '../error.ts';
import { buildConfig } from '../config-build/build-config.ts';
import type { Instead } from '../config-build/evaluation.ts';
import { runningStack } from '../supervisor/stack-state.ts';
import { bringUp } from '../up/bring-up.ts';
import { reporterToParent, startDetached } from '../up/detached.ts';
import type { Report } from '../up/detached.ts';
import { liveProgress } from '../up/live-progress.ts';
import { plainProgress } from '../up/plain-progress.ts';
import type { Progress } from '../up/progress.ts';
import type { StackParts } from '../up/stack-parts.ts';
import { summary } from '../up/summary.ts';
import { untilSignalled } from '../up/termination.ts';
import type { Termination } from '../up/termination.ts';
import { printStatus } from './status.ts';

export const upCommand = (parts: StackParts): Command => ({
  name: ['up'],
  summary: 'Start the databases, the market, the collector, Prometheus and the SLO service.',
  options: {
    detach: { type: 'boolean', short: 'd' },
    only: { type: 'string' },
    config: { type: 'string' },
    'with-history': { type: 'boolean' },
    data: { type: 'string' },
  },
  optionHelp: {
    detach: 'leave it running in the background; return when all is healthy',
    only: 'processes to start, comma-separated, with what they come after',
    config: 'another sprout.config.ts, or a compiled config.json',
    data: 'single or cluster: one server each, or MySQL with a replica and a Redis Cluster',
    'with-history': 'first fill an empty ledger with 30 days of simulated history, marked as such',
  },
  examples: [
    './sprout up                        # everything, until Ctrl-C',
    './sprout up --detach               # in the background; ./sprout down stops it',
    './sprout up --only collector       # one process and what it needs',
    './sprout up --config other.ts      # another configuration',
    './sprout up --data cluster         # a replica of MySQL and a Redis Cluster',
    './sprout up --with-history         # budgets, reports and incidents to look at, at once',
  ],
  noJson: 'it runs until it is stopped; ./sprout status --json tells what runs',
  run: (context) => up(parts, context),
});

async function up(parts: StackParts, context: CommandContext): Promise<number> {
  const configFile = text(context, 'config') ?? join(parts.root, 'sprout.config.ts');
  const only = text(context, 'only')
    ?.split(',')
    .map((name) => name.trim());
  if (only?.includes('')) throw usageError('--only has an empty name', './sprout up --help');
  const { config, path } = await buildConfig(configFile, instead(context));
  const running = runningStack(config.dataDir);
  if (running !== undefined) {
    context.warn(`sprout already runs here (pid ${running.pid}); ./sprout down stops it`);
    return printStatus(config.dataDir, context);
  }
  const termination = untilSignalled();
  const withHistory = context.values['with-history'] === true;
  if (context.values['detach'] === true) {
    const line = [
      'up',
      '--config',
      path,
      ...(only === undefined ? [] : ['--only', only.join(',')]),
      ...(withHistory ? ['--with-history'] : []),
    ];
    return await detached(parts, line, config.dataDir, context, termination);
  }
  const options = { configFile: path, only, withHistory, signal: termination.signal };
  return await foreground(parts, options, context, termination);
}

async function detached(
  parts: StackParts,
  line: readonly string[],
  dataDir: string,
  context: CommandContext,
  termination: Termination,
): Promise<number> {
  const progress = progressFor(context);
  const outcome = await startDetached(
    join(parts.root, 'cli.ts'),
    line,
    dataDir,
    progress,
    termination.signal,
  ).finally(() => progress.end());
  for (const row of outcome.summary) context.print(row);
  context.print('  Stop        ./sprout down');
  return outcome.exitCode;
}

async function foreground(
  parts: StackParts,
  options: Parameters<typeof bringUp>[1],
  context: CommandContext,
  termination: Termination,
): Promise<number> {
  const report = reporterToParent();
  const progress = report === undefined ? progressFor(context) : relay(report);
  try {
    const brought = await bringUp(parts, options, progress).finally(() => progress.end());
    const rows = summary(brought);
    const exitCode = brought.verdict === 'late' ? exitCodes.partial : exitCodes.ok;
    report?.({ kind: 'up', summary: rows, exitCode });
    for (const row of rows) context.print(row);
    if (report === undefined) context.print('  Stop        Ctrl-C');
    const signal = await termination.signalled;
    context.warn(`${signal}: stopping`);
    await brought.stack.stop();
    context.warn('stopped');
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof SproutError) {
      const hint = error.hint === undefined ? {} : { hint: error.hint };
      report?.({ kind: 'failed', code: error.code, message: error.message, ...hint });
    }
    throw error;
  }
}

function instead(context: CommandContext): Instead {
  const data = text(context, 'data');
  if (data === undefined) return {};
  if (data === 'single' || data === 'cluster') return { data };
  throw usageError(`--data is single or cluster, not "${data}"`, './sprout up --data cluster');
}

function relay(report: (report: Report) => void): Progress {
  return { tell: (event) => report({ kind: 'event', event }), end: () => undefined };
}

function progressFor(context: CommandContext): Progress {
  return process.stderr.isTTY
    ? liveProgress(process.stderr)
    : plainProgress((line) => context.warn(line));
}

function text(context: CommandContext, name: string): string | undefined {
  const value = context.values[name];
  return typeof value === 'string' ? value : undefined;
}

import { enableCompileCache } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { runCli } from '@sprout/process/cli';
import type { CommandGroup } from '@sprout/process/cli';
import type { StackParts } from '@sprout/process/commands';

const root = import.meta.dirname;
enableCompileCache(join(root, '.sprout', 'cache', 'compile'));
process.env['SPROUT_CONFIG'] ??= join(root, '.sprout', 'config.json');

const parts: StackParts = {
  root,
  processes: async (config) => (await import('./processes.ts')).stackProcesses(config),
};

/** In the order of the overview. The code behind a group is loaded when one of its nouns is used. */
const groups: readonly CommandGroup[] = [
  {
    nouns: {
      up: 'start everything, or --detach for the background',
      down: 'stop everything in order',
      status: 'what runs: state, address, memory, restarts',
      scale: 'how many instances of a service run',
      test: 'check and test everything',
      config: 'check and compile sprout.config.ts',
    },
    load: async () => (await import('@sprout/process/commands')).stackCommands(parts),
  },
  {
    nouns: { slo: 'promises: how they stand, budgets, pages' },
    load: async () => (await import('@sprout/slo-service/commands')).sloCommands,
  },
  {
    nouns: {
      logs: 'log lines of every service',
      trace: 'one request across services',
      collector: 'the collector on its own',
    },
    load: async () => (await import('@sprout/collector/commands')).collectorCommands,
  },
  {
    nouns: { alerts: 'rules, routes and runbooks as code' },
    load: async () => (await import('@sprout/alerts/commands')).alertsCommands,
  },
  {
    nouns: { dashboards: 'Grafana dashboards as code', signals: 'what is measured' },
    load: async () => (await import('@sprout/dashboards-as-code/commands')).dashboardCommands,
  },
  {
    nouns: { data: "backups of the market's databases and the ledger" },
    load: async () => (await import('@sprout/data/commands')).dataCommands,
  },
  {
    nouns: {
      fault: 'break something on purpose, for a while',
      load: 'drive traffic through the market',
    },
    load: async () => (await import('@sprout/market-services/load-commands')).loadCommands,
  },
  {
    nouns: { queue: 'messages that were given up, and their way back' },
    load: async () => (await import('@sprout/market-services/queue-commands')).queueCommands,
  },
];

// Whoever read has gone, as behind `| head`: the code with which other programs end then.
const readerGone = 128 + constants.signals.SIGPIPE;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(readerGone);
  throw error;
});

const exitCode = await runCli(process.argv.slice(2), {
  overview: {
    summary: 'Sprout: observability and SLOs for microservices, in one command.',
    examples: [
      './sprout up                           # start everything; Ctrl-C stops it',
      './sprout fault start product-db-slow  # break something and watch the budget',
      './sprout slo list                     # how the promises stand',
    ],
  },
  version: 'sprout 0.1.0',
  groups,
  compiledConfig: async (file) =>
    (await (await import('@sprout/process/commands')).buildConfig(file)).path,
  declaredConfig: async (file = join(root, 'sprout.config.ts')) =>
    (await import('@sprout/process/commands')).declaredConfig(file),
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
});
// Connections that are kept alive for a next request must not keep this process.
process.exit(exitCode);

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import type { Command } from '@sprout/process';
import { runCli } from '@sprout/process/cli';
import type { CommandGroup } from '@sprout/process/cli';
import type { StackParts } from '@sprout/process/commands';

enableCompileCache(join(import.meta.dirname, '.sprout', 'cache', 'compile'));
process.env['SPROUT_CONFIG'] ??= join(import.meta.dirname, '.sprout', 'config.json');

const parts: StackParts = {
  cliFile: import.meta.filename,
  configFile: join(import.meta.dirname, 'sprout.config.ts'),
  processes: async (config) => {
    const [market, collector, alerts, slo] = await Promise.all([
      some('@sprout/market-services/processes', 'marketProcesses'),
      some('@sprout/collector/processes', 'collectorProcesses'),
      some('@sprout/alerts/processes', 'alertsProcesses'),
      some('@sprout/slo-service/processes', 'sloProcesses'),
    ]);
    return [...(config.market.enabled ? market : []), ...collector, ...alerts, ...slo];
  },
  buildConsole: async () => {
    try {
      const path = './slo-service/console/build.ts';
      await (await import(path)).buildConsole();
    } catch (e) {
      console.error('console build skipped', String(e));
    }
  },
};

async function some(module: string, name: string) {
  try {
    const loaded = await import(module);
    return typeof loaded[name] === 'function' ? loaded[name]() : loaded[name];
  } catch (e) {
    console.error(`skipping ${module}: ${String(e).split('\n')[0]}`);
    return [];
  }
}

/** In the order of the overview. The code behind a group is loaded when one of its nouns is used. */
const groups: readonly CommandGroup[] = [
  {
    nouns: {
      up: 'start everything; --detach for the background',
      down: 'stop everything in order',
      status: 'what runs: state, address, memory, restarts',
      config: 'check and compile sprout.config.ts',
    },
    load: async () => (await import('@sprout/process/commands')).stackCommands(parts),
  },
  {
    nouns: { fault: 'break something on purpose, for a while', load: 'drive traffic' },
    load: (): Promise<Command[]> => some('@sprout/market-services/commands', 'marketCommands'),
  },
];

process.exitCode = await runCli(process.argv.slice(2), {
  overview: {
    summary: 'Sprout: observability and SLOs for microservices, in one command.',
    examples: [
      './sprout up                          # start everything; Ctrl-C stops it',
      './sprout fault start product-db-slow # break something and watch the budget',
    ],
  },
  version: 'sprout 0.1.0',
  groups,
  compiledConfig: async (file) =>
    (await (await import('@sprout/process/commands')).buildConfig(file)).path,
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
});

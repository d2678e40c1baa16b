import { createLifecycle, createLogger } from '@sprout/process';
import type { Command } from '@sprout/process';

export const runCommand: Command = {
  name: ['collector', 'run'],
  summary: 'Run the collector alone, until Ctrl-C.',
  examples: [
    './sprout collector run             # receives on 4318 and 9411, answers queries on 3100',
  ],
  noJson: 'it runs until it is stopped; its log lines are JSON',
  run: async ({ config, warn }) => {
    const { startCollector } = await import('./../collector.ts');
    const logger = createLogger('collector');
    const lifecycle = createLifecycle(logger);
    const { addresses } = await startCollector(config(), logger, lifecycle);
    for (const [name, address] of Object.entries(addresses)) warn(`${name} ${address}`);
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => resolve());
    });
    await lifecycle.stop();
    return 0;
  },
};

import { createLifecycle, createLogger } from '@sprout/process';
import type { Command } from '@sprout/process';

export const runCommand: Command = {
  name: ['slo', 'run'],
  summary: 'Run the SLO service alone, until Ctrl-C.',
  examples: ['./sprout slo run                   # meters the Prometheus of the configuration'],
  run: async ({ config, warn }) => {
    const { serviceName, startSloService } = await import('../start-service.ts');
    const logger = createLogger(serviceName);
    const lifecycle = createLifecycle(logger);
    const { url } = await startSloService(config(), logger, lifecycle);
    warn(`console and API: ${url}`);
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => resolve());
    });
    await lifecycle.stop();
    return 0;
  },
};

import { createLifecycle, createLogger } from '@sprout/process';
import type { Command } from '@sprout/process';

export const runCommand: Command = {
  name: ['slo', 'run'],
  summary: 'Run the SLO service alone, until Ctrl-C.',
  options: {
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    'dry-run': 'print what would be read, from where, and what it costs; connects to nothing',
    json: 'with --dry-run: one JSON document',
  },
  examples: [
    './sprout slo run             # meters the Prometheus of the configuration',
    './sprout slo run --dry-run   # what that would ask of it; after ./sprout config build',
    './sprout slo run --dry-run --config sprout.config.ts --json',
  ],
  run: async ({ config, values, print, warn }) => {
    if (values['dry-run']) {
      const { dryRun, dryRunText } = await import('./dry-run.ts');
      const dry = dryRun(config());
      if (values['json']) print(JSON.stringify(dry));
      else dryRunText(dry).forEach(print);
      return 0;
    }
    const { serviceName, startSloService } = await import('../start-service.ts');
    const logger = createLogger(serviceName);
    const lifecycle = createLifecycle(logger);
    const { reloadOnHangup } = await import('../reload-on-hangup.ts');
    const service = await startSloService(config(), logger, lifecycle);
    lifecycle.onStop('reloading', reloadOnHangup(service, config, logger));
    warn(`console and API: ${service.url}`);
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => resolve());
    });
    await lifecycle.stop();
    return 0;
  },
};

import type { CommandContext } from '@sprout/process';
import { createLifecycle, createLogger } from '@sprout/process';
import { serviceName } from '../../service-name.ts';

/** `sprout slo run`. */
export async function run({ config, values, print, warn }: CommandContext): Promise<number> {
  if (values['dry-run']) {
    const { dryRun, dryRunText } = await import('./dry-run.ts');
    const dry = dryRun(config());
    if (values['json']) print(JSON.stringify(dry));
    else dryRunText(dry).forEach(print);
    return 0;
  }
  const { startSloService } = await import('../../start-service.ts');
  const logger = createLogger(serviceName);
  const lifecycle = createLifecycle(logger);
  const { reloadOnHangup } = await import('../../reload-on-hangup.ts');
  const service = await startSloService(config(), logger, lifecycle);
  lifecycle.onStop('reloading', reloadOnHangup(service, config, logger));
  warn(`console and API: ${service.url}`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  await lifecycle.stop();
  return 0;
}

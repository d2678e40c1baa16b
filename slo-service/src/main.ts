import { createLogger, loadConfig, runProcess } from '@sprout/process';
import { reloadOnHangup } from './reload-on-hangup.ts';
import { serviceName } from './service-name.ts';
import { startSloService } from './start-service.ts';

const logger = createLogger(serviceName);

await runProcess(logger, async (lifecycle) => {
  const service = await startSloService(loadConfig(), logger, lifecycle);
  lifecycle.onStop('reloading', reloadOnHangup(service, loadConfig, logger));
});

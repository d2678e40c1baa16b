import { createLogger, loadConfig, runProcess } from '@sprout/process';
import { serviceName, startSloService } from './start-service.ts';

const logger = createLogger(serviceName);

await runProcess(logger, async (lifecycle) => {
  await startSloService(loadConfig(), logger, lifecycle);
});

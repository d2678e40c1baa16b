import { createLogger, loadConfig, runProcess } from '@sprout/process';
import { startCollector } from './collector.ts';

const logger = createLogger('collector');

await runProcess(logger, async (lifecycle) => {
  const { addresses } = await startCollector(loadConfig(), logger, lifecycle);
  logger.info('collector started', addresses);
});

import type { Logger, SproutConfig } from '@sprout/process';
import type { RunningSloService } from './start-service.ts';

/**
 * Reads the compiled configuration again at each SIGHUP; one that cannot be used is logged and
 * the former goes on. The answer ends that, once a reload that runs is through.
 */
export function reloadOnHangup(
  service: Pick<RunningSloService, 'reload'>,
  load: () => SproutConfig,
  logger: Logger,
): () => Promise<void> {
  let turn = Promise.resolve();
  const reload = async () => {
    try {
      await service.reload(load());
    } catch (error) {
      logger.error('the configuration was not reloaded', { 'exception.message': String(error) });
    }
  };
  const hear = () => void (turn = turn.then(reload));
  process.on('SIGHUP', hear);
  return () => {
    process.off('SIGHUP', hear);
    return turn;
  };
}

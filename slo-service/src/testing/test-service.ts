import { createLifecycle, createLogger } from '@sprout/process';
import { startSloService } from '../start-service.ts';
import type { TestConfig } from './test-config.ts';

/** A service in this process, which says nothing. */
export interface TestService {
  readonly url: string;
  /** Goes on with another configuration. */
  reload(config: TestConfig['config']): Promise<void>;
  /** Stops it and throws away what it stored. */
  stop(): Promise<void>;
}

/** Starts the service of a configuration, by the clock of the machine unless given another. */
export async function startTestService(test: TestConfig, now?: () => number): Promise<TestService> {
  const logger = createLogger('slo-service');
  logger.silent = true;
  const lifecycle = createLifecycle(logger);
  const { url, reload } = await startSloService(test.config, logger, lifecycle, now);
  return {
    url,
    reload,
    stop: async () => {
      await lifecycle.stop();
      test.dispose();
    },
  };
}

import type { Logger } from '@sprout/process';

const lookEveryMs = 1_000;

/** Looks for forgotten orders every second, with a database that may be away. */
export function startRecoveryTimer(
  look: () => Promise<void>,
  logger: Pick<Logger, 'debug'>,
): { stop(): void } {
  const lookOnce = async () => {
    try {
      await look();
    } catch (error) {
      logger.debug('no look for forgotten orders', { 'exception.message': String(error) });
    }
  };
  const timer = setInterval(() => void lookOnce(), lookEveryMs);
  return { stop: () => clearInterval(timer) };
}

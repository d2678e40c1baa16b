import type { Logger } from 'winston';

/** What is done when the process ends in one of its ways. */
export interface EndOptions {
  /** Sends what waits. */
  flush(timeoutMs: number): Promise<void>;
  /** Stops the service in order. */
  shutdown(): Promise<void>;
  readonly logger: Logger;
  readonly handleSignals: boolean;
}

const flushTimeoutMs = 3000;

/**
 * Sees to it that the last spans and lines arrive: at SIGTERM and SIGINT after an ordered
 * shutdown, when the event loop runs empty, and when an error is not caught.
 * The answer takes the handlers away again.
 */
export function endWithProcess(options: EndOptions): () => void {
  const { handleSignals, logger } = options;
  // Queue timers do not keep the process alive, so what waits is sent when nothing else is left.
  let flushed = false;
  const onEmptyLoop = () => {
    if (flushed) return;
    flushed = true;
    void options.flush(flushTimeoutMs);
  };
  const onSignal = async () => {
    await options.shutdown();
    process.exit(0);
  };
  const onCrash = async (error: unknown) => {
    logger.error('uncaught error, the process ends', { error });
    await options.flush(flushTimeoutMs);
    process.exit(1);
  };
  process.on('beforeExit', onEmptyLoop);
  process.on('uncaughtException', onCrash);
  if (handleSignals) process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  return () => {
    process.off('beforeExit', onEmptyLoop);
    process.off('uncaughtException', onCrash);
    process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
  };
}

/** The wish to end, as it reaches a process. */
export interface Termination {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  readonly signalled: Promise<NodeJS.Signals>;
}

/**
 * Listens for the signals that ask to end. A second one ends this process at once; the guard then
 * ends what it has started.
 */
export function untilSignalled(): Termination {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const hear = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    resolve(name);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, hear);
  return { signal: controller.signal, signalled: promise };
}

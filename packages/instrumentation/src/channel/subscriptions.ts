import dc from 'node:diagnostics_channel';

/** Undoes a subscription. */
export type Unsubscribe = () => void;

/** Subscribes to a plain channel. */
export function onChannel(name: string, listener: (message: unknown) => void): Unsubscribe {
  dc.subscribe(name, listener);
  return () => dc.unsubscribe(name, listener);
}

/** Subscribes to the given events of a tracing channel. */
export function onTracing(
  name: string,
  listeners: Partial<Record<TracingEvent, (message: unknown) => void>>,
): Unsubscribe {
  const undo = Object.entries(listeners).map(([event, listener]) =>
    onChannel(`tracing:${name}:${event}`, listener),
  );
  return () => {
    for (const one of undo) one();
  };
}

type TracingEvent = 'start' | 'end' | 'asyncStart' | 'asyncEnd' | 'error';

import type { Message } from './queue.ts';
import type { Telemetry } from './telemetry.ts';

/** How OpenTelemetry names the queue. */
export type MessagingSystem = 'redis_streams' | 'kafka';

/** Publishing belongs to the trace of the event, though it happens after the event's request. */
export function inProducerSpan(
  telemetry: Telemetry,
  system: MessagingSystem,
  stream: string,
  message: Message,
  send: (message: Message) => Promise<void>,
): Promise<void> {
  return telemetry.extract(message.headers, () =>
    telemetry.span(
      `publish ${stream}`,
      {
        kind: 'producer',
        attributes: {
          'messaging.system': system,
          'messaging.operation.name': 'publish',
          'messaging.destination.name': stream,
          'messaging.message.id': message.id,
        },
      },
      () => {
        const headers = { ...message.headers };
        telemetry.inject(headers);
        return send({ ...message, headers });
      },
    ),
  );
}

import type { Message } from './queue.ts';
import type { Telemetry } from './telemetry.ts';

/** How OpenTelemetry names the queue. */
export type MessagingSystem = 'redis_streams' | 'kafka';

/** Where messages go. */
export interface Destination {
  readonly system: MessagingSystem;
  readonly stream: string;
}

/**
 * Sends messages together, each in a span of its own: publishing belongs to the trace of the
 * event, though it happens after the event's request.
 */
export async function inProducerSpans(
  telemetry: Telemetry,
  destination: Destination,
  messages: readonly Message[],
  send: (traced: readonly Message[]) => Promise<void>,
): Promise<void> {
  const sent = Promise.withResolvers<void>();
  const traced: Message[] = [];
  const spans = messages.map((message) =>
    inProducerSpan(telemetry, destination, message, (one) => {
      traced.push(one);
      return sent.promise;
    }),
  );
  send(traced).then(sent.resolve, sent.reject);
  await Promise.all(spans);
}

function inProducerSpan(
  telemetry: Telemetry,
  { system, stream }: Destination,
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

import type { DbCall, DbCalls } from './db-call.ts';
import { onTracing } from './subscriptions.ts';
import type { Unsubscribe } from './subscriptions.ts';

/** What ioredis says about a command. */
interface RedisEvent {
  readonly command: string;
  readonly args: readonly string[];
  readonly database: number;
  readonly serverAddress: string;
  readonly serverPort?: number;
  readonly error?: unknown;
}

/** Commands that wait for something to happen. */
const blocking = new Set(
  (
    'blpop brpop blmove brpoplpush blmpop bzpopmin bzpopmax bzmpop ' +
    'wait waitaof subscribe psubscribe ssubscribe monitor'
  ).split(' '),
);

/** Follows the commands of ioredis; keys and values stay out of the telemetry. */
export function watchRedis(calls: DbCalls): Unsubscribe {
  return onTracing('ioredis:command', {
    start(message) {
      const event = message as RedisEvent;
      calls.start(event, describeCall(event));
    },
    asyncStart(message) {
      const event = message as RedisEvent;
      calls.end(event, event.error);
    },
  });
}

function describeCall(event: RedisEvent): DbCall {
  const operation = event.command.toUpperCase();
  return {
    system: 'redis',
    operation,
    spanName: operation,
    timed: !waits(event),
    attributes: {
      'db.system.name': 'redis',
      'db.namespace': String(event.database),
      'db.operation.name': operation,
      'db.query.text': event.args.length === 0 ? operation : `${operation} ?`,
      'server.address': event.serverAddress,
      ...(event.serverPort !== undefined && { 'server.port': event.serverPort }),
    },
  };
}

function waits({ command, args }: RedisEvent): boolean {
  const name = command.toLowerCase();
  if (name !== 'xread' && name !== 'xreadgroup') return blocking.has(name);
  return args.some((arg) => arg.toUpperCase() === 'BLOCK');
}

import { context } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { Tracing } from '../trace/tracing.ts';
import type { DbCall, DbCalls } from './db-call.ts';
import { statementDescriber } from './sql.ts';
import type { StatementText } from './sql.ts';
import { onTracing } from './subscriptions.ts';
import type { Unsubscribe } from './subscriptions.ts';

/** What mysql2 says about a statement. */
interface MysqlEvent {
  readonly query: string;
  readonly database: string;
  readonly serverAddress: string;
  readonly serverPort?: number;
  readonly error?: unknown;
}

/**
 * Follows the statements of mysql2. They start when a connection takes them: waiting for a
 * connection of the pool is not part of them.
 */
export function watchMysql(tracing: Tracing, calls: DbCalls): Unsubscribe {
  const describe = statementDescriber();
  const listeners = {
    start(message: unknown) {
      const event = message as MysqlEvent;
      calls.start(event, describeCall(event, describe(event.query)));
    },
    asyncStart(message: unknown) {
      const event = message as MysqlEvent;
      calls.end(event, event.error);
    },
  };
  const undo = [
    onTracing('mysql2:query', listeners),
    onTracing('mysql2:execute', listeners),
    keepCaller(tracing, 'mysql2:pool:connect'),
  ];
  return () => {
    for (const one of undo) one();
  };
}

function describeCall(event: MysqlEvent, statement: StatementText): DbCall {
  return {
    system: 'mysql',
    operation: statement.operation,
    spanName: statement.summary,
    timed: true,
    attributes: {
      'db.system.name': 'mysql',
      'db.namespace': event.database,
      'db.operation.name': statement.operation,
      'db.query.text': statement.text,
      'server.address': event.serverAddress,
      ...(event.serverPort !== undefined && { 'server.port': event.serverPort }),
    },
  };
}

const callerKey = Symbol('sprout.caller');

interface Waiting {
  [callerKey]?: { readonly context: Context; attached?: { dispose(): void } };
}

/**
 * A caller that waited for a connection is called back by whoever released one. Brings the
 * caller's own context back for the callback, else its statements would join the wrong trace.
 */
function keepCaller(tracing: Tracing, channel: string): Unsubscribe {
  return onTracing(channel, {
    start: (message) => void ((message as Waiting)[callerKey] = { context: context.active() }),
    asyncStart(message) {
      const caller = (message as Waiting)[callerKey];
      if (caller === undefined || caller.context === context.active()) return;
      caller.attached = tracing.attach(caller.context);
    },
    asyncEnd: (message) => (message as Waiting)[callerKey]?.attached?.dispose(),
  });
}

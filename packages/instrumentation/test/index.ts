export { startMariadb, startRedis } from './servers.ts';
export type { PrivateServer } from './servers.ts';
export { startSink } from './sink.ts';
export type { ReceivedLine, ReceivedSpan, Sink } from './sink.ts';

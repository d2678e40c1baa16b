// Loads auto-instrumentations-node for an ES module service, with the loader hook it needs there.
import { register } from 'node:module';

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
await import('@opentelemetry/auto-instrumentations-node/register');

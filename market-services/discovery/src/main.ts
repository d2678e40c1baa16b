import { loadConfig } from '@sprout/process';
import { createApi } from '../../src/api/create-api.ts';
import { observeProcess, serve, startOrEnd } from '../../src/run-service.ts';
import { discoveryOpenApi } from './discovery-openapi.ts';
import { discoveryRoutes } from './discovery-routes.ts';
import { createRegistry, instanceStates } from './registry.ts';
import { discoveryInstances } from './signals.ts';

const showEveryMs = 1_000;

const config = loadConfig();
// Heartbeats come every second and look all alike: neither traced nor logged one by one.
const telemetry = observeProcess('discovery', config, { sampleRatio: 0, requestLog: false });
await startOrEnd(telemetry, () => {
  const registry = createRegistry(() => performance.now());
  const gauge = telemetry.bind(discoveryInstances);
  const seen = new Set<string>();
  const show = setInterval(() => {
    const instances = registry.list();
    for (const { service } of instances) seen.add(service);
    for (const registered of seen) {
      for (const state of instanceStates) {
        const alike = instances.filter((one) => one.service === registered && one.state === state);
        gauge.set({ registered, state }, alike.length);
      }
    }
  }, showEveryMs);
  telemetry.onStop('gauge', () => clearInterval(show));
  const app = createApi({
    document: discoveryOpenApi,
    routes: discoveryRoutes(registry),
    attach: (to) => telemetry.attach(to),
    toProblem: () => undefined,
    onUnexpected: (error) => telemetry.logger.error('request failed', { error }),
  });
  return serve('discovery', config, app, telemetry);
});

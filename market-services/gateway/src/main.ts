import { loadConfig } from '@sprout/process';
import { observeProcess, serve, startOrEnd } from '../../src/run-service.ts';
import { createGatewayApp } from './gateway-app.ts';
import { instancesFromRunFiles } from './instances.ts';

const config = loadConfig();
const telemetry = observeProcess('gateway', config);
await startOrEnd(telemetry, () => {
  const app = createGatewayApp({ telemetry, instances: instancesFromRunFiles(config) });
  return serve('gateway', config, app, telemetry);
});

import { HttpProblem } from '@sprout/process';
import { Router } from 'express';
import { heartbeatSchema, instancePathSchema } from './discovery-openapi.ts';
import type { Registry } from './registry.ts';

/** Registration, look-up, and the same list for Prometheus. */
export function discoveryRoutes(registry: Registry): Router {
  const router = Router();
  router.put('/instances/:service/:id', (request, response) => {
    const { service, id } = instancePathSchema.parse(request.params);
    const heartbeat = heartbeatSchema.parse(request.body);
    if (!registry.put({ service, id, ...heartbeat })) throw full();
    response.status(204).end();
  });
  router.delete('/instances/:service/:id', (request, response) => {
    const { service, id } = instancePathSchema.parse(request.params);
    registry.remove(service, id);
    response.status(204).end();
  });
  router.get('/instances', (_request, response) => {
    response.json({ version: registry.version(), instances: settled(registry) });
  });
  // https://prometheus.io/docs/prometheus/latest/http_sd/
  router.get('/sd/prometheus', (_request, response) => {
    response.json(
      settled(registry).map(({ service, url }) => ({
        targets: [new URL(url).host],
        labels: { service, job: service },
      })),
    );
  });
  return router;
}

/** Just started, it knows nobody yet; who asks goes on with what they knew. */
function settled(registry: Registry) {
  if (registry.isSettled()) return registry.list();
  throw new HttpProblem(503, 'The instances are still being collected', {
    type: '/errors/discovery/collecting',
    detail: 'go on with the last known list',
  });
}

function full(): HttpProblem {
  return new HttpProblem(503, 'There are too many instances', { type: '/errors/discovery/full' });
}

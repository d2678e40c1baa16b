import { z } from 'zod';
import type { GrafanaClient } from '../client/client.ts';
import type { GrafanaResource } from '../resource.ts';

const receiver = z.object({
  integrations: z.array(
    z.looseObject({ uid: z.string(), settings: z.record(z.string(), z.unknown()) }),
  ),
});

/**
 * A client that puts secrets into contact points on their way to Grafana, and nowhere else: plans,
 * differences and records of the last apply never hold them. `secretsOf` reads those of an
 * integration by its UID.
 */
export function withSecrets(
  client: GrafanaClient,
  secretsOf: (uid: string) => Readonly<Record<string, string>>,
): GrafanaClient {
  const filled = (resource: GrafanaResource): GrafanaResource => {
    if (resource.kind !== 'Receiver') return resource;
    const spec = receiver.loose().parse(resource.spec);
    const integrations = spec.integrations.map((integration) => ({
      ...integration,
      settings: { ...integration.settings, ...secretsOf(integration.uid) },
    }));
    return { ...resource, spec: { ...spec, integrations } };
  };
  return {
    ...client,
    create: async (resource) => client.create(filled(resource)),
    replace: async (resource, version) => client.replace(filled(resource), version),
  };
}

import type { ProcessSpec, SproutConfig } from '@sprout/process';
import { blackboxExporter } from './blackbox.ts';
import { mysqldExporter } from './mysqld.ts';
import { nodeExporter } from './node.ts';
import { nodesAsked, redisExporter } from './redis.ts';

/** The exporters that a service of the configuration is scraped from; no other is started. */
export function exporterProcesses({ services }: Pick<SproutConfig, 'services'>): ProcessSpec[] {
  const scraped = new Set(
    services.flatMap(({ endpoint }) => ('process' in endpoint ? [endpoint.process] : [])),
  );
  return [
    mysqldExporter(),
    mysqldExporter('mysqld-exporter-2'),
    redisExporter(nodesAsked(services)),
    nodeExporter(),
    blackboxExporter(),
  ].filter(({ name }) => scraped.has(name));
}

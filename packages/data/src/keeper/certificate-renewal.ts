import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SproutConfig } from '@sprout/process';
import { renewCertificate } from '../own-certificates.ts';
import type { CertificateFiles } from '../own-certificates.ts';
import type { Telemetry } from '../telemetry.ts';

/** A server that shows the certificate of this installation. */
export interface CertifiedServer {
  readonly name: string;
  /** Reads the files again for connections to come; those that are open stay. */
  readCertificate(files: CertificateFiles): Promise<void>;
}

export interface RenewalParts {
  readonly config: Pick<SproutConfig, 'dataDir' | 'host'>;
  readonly servers: readonly CertifiedServer[];
  readonly logger: Telemetry['logger'];
}

/**
 * Makes a look: a new certificate takes the place of one that ends before long, and every server
 * that may still show another reads it. What a server missed, the next look makes up for.
 */
export function createRenewal({ config, servers, logger }: RenewalParts): () => Promise<void> {
  const shown = new Map<string, string>();
  return async () => {
    const files = await renewCertificate(config);
    const { serialNumber } = new X509Certificate(readFileSync(files.certificate));
    for (const server of servers) {
      if (shown.get(server.name) === serialNumber) continue;
      try {
        await server.readCertificate(files);
        shown.set(server.name, serialNumber);
      } catch (error) {
        const message = String(error);
        logger.warn('certificate not read', { server: server.name, 'exception.message': message });
      }
    }
  };
}

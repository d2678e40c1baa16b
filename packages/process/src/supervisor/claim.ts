import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { SproutError } from '../error.ts';

/**
 * Claims a data directory for one supervisor. The claim is a socket in Linux' abstract namespace:
 * the kernel grants it once and takes it back when the holder ends, however it ends.
 * Throws SproutError `ALREADY_RUNNING`. Resolves to the function that gives the claim up.
 */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  const server = createServer();
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 32);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(alreadyRunning(dataDir, cause)));
    server.listen({ path: `\0sprout-${name}` }, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function alreadyRunning(dataDir: string, cause: Error): SproutError {
  return new SproutError('ALREADY_RUNNING', `a stack already runs with its data in ${dataDir}`, {
    hint: './sprout status shows it, ./sprout down stops it',
    cause,
  });
}

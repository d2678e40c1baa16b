import type { IncomingMessage } from 'node:http';
import { RequestError } from '../http/request-error.ts';

/** Bytes of requests being read or waiting for the disk, all receivers together. */
export const inflightBytesMax = 128 * 1024 * 1024;
/** A request of unknown length (chunked, compressed) counts as this much until it is read. */
const unknownLengthBytes = 256 * 1024;

/** Keeps the memory of requests in flight bounded. */
export interface Admission {
  /** Runs `work` when there is room, else throws RequestError 503. */
  admit<T>(request: IncomingMessage, work: () => Promise<T>): Promise<T>;
  /** Admits nothing any more; resolves once no admitted request is running. */
  close(): Promise<void>;
}

export function createAdmission(bytesMax = inflightBytesMax): Admission {
  let bytes = 0;
  let running = 0;
  let closing = false;
  const idle = Promise.withResolvers<void>();
  const leave = (weight: number) => {
    bytes -= weight;
    running--;
    if (closing && running === 0) idle.resolve();
  };
  return {
    admit: async (request, work) => {
      if (closing) throw refused('the collector stops');
      const weight = weightOf(request);
      if (bytes + weight > bytesMax && running > 0)
        throw refused('too many bytes of requests in flight');
      bytes += weight;
      running++;
      try {
        return await work();
      } finally {
        leave(weight);
      }
    },
    close: () => {
      closing = true;
      if (running === 0) idle.resolve();
      return idle.promise;
    },
  };
}

/** A compressed body is taken to inflate eightfold. */
function weightOf(request: IncomingMessage): number {
  const length = Number(request.headers['content-length'] ?? unknownLengthBytes);
  return request.headers['content-encoding'] === undefined ? length : length * 8;
}

function refused(why: string): RequestError {
  return new RequestError(503, why, { retryAfterSeconds: 1, reason: 'busy' });
}

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
  /** Resolves once no admitted request is running. */
  idle(): Promise<void>;
}

export function createAdmission(bytesMax = inflightBytesMax): Admission {
  let bytes = 0;
  let running = 0;
  let waiting: (() => void)[] = [];
  const leave = (weight: number) => {
    bytes -= weight;
    running--;
    if (running > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return {
    admit: async (request, work) => {
      const weight = weightOf(request);
      if (bytes + weight > bytesMax && running > 0) throw busy();
      bytes += weight;
      running++;
      try {
        return await work();
      } finally {
        leave(weight);
      }
    },
    idle: () =>
      running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
}

/** A compressed body is taken to inflate eightfold. */
function weightOf(request: IncomingMessage): number {
  const length = Number(request.headers['content-length'] ?? unknownLengthBytes);
  return request.headers['content-encoding'] === undefined ? length : length * 8;
}

function busy(): RequestError {
  return new RequestError(503, 'too many bytes of requests in flight', { retryAfterSeconds: 1 });
}

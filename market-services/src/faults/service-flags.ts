import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How a service is asked to misbehave; none of it when absent. */
const flagsSchema = z.object({
  /** Every answer waits this long first. */
  delayMs: z.number().nonnegative().optional(),
  /** Fraction of the requests that are answered by 500. */
  failFraction: z.number().min(0).max(1).optional(),
  /** Fraction of the time that is spent on nothing. */
  busyFraction: z.number().min(0).max(1).optional(),
  /** Memory that is kept for nothing, up to near the limit of the heap. */
  leakBytesPerSecond: z.number().nonnegative().optional(),
  /** Messages are taken from the queue and not handled. */
  queueStuck: z.boolean().optional(),
  /** The clock of the process is this far ahead. */
  clockStepMs: z.number().optional(),
});

export type ServiceFlags = Readonly<z.infer<typeof flagsSchema>>;

const fileSchema = z.record(z.string(), flagsSchema);

type Place = { readonly dataDir: string };

/** The file that services look at; written whole or not at all. */
export const flagsPath = (place: Place): string => join(place.dataDir, 'faults', 'flags.json');

/** The flags of a service as they stand; none when there is no file. */
export function readServiceFlags(place: Place, service: string): ServiceFlags {
  return readAll(place)[service] ?? {};
}

/** Sets the flags of a service, or takes them away. */
export function setServiceFlags(
  place: Place,
  service: string,
  flags: ServiceFlags | undefined,
): void {
  const { [service]: _before, ...others } = readAll(place);
  const all = flags === undefined ? others : { ...others, [service]: flags };
  const path = flagsPath(place);
  mkdirSync(join(place.dataDir, 'faults'), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(all));
  renameSync(`${path}.new`, path);
}

function readAll(place: Place): Record<string, ServiceFlags> {
  let text: string;
  try {
    text = readFileSync(flagsPath(place), 'utf8');
  } catch {
    // No fault has ever asked for any.
    return {};
  }
  return fileSchema.parse(JSON.parse(text));
}

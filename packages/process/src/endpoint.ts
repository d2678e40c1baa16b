import { z } from 'zod';

/** Where something is reached: a listener of a process of ours, or a fixed URL. */
export const endpointSchema = z.union([
  z.object({ process: z.string(), listener: z.string() }),
  z.object({
    url: z.string(),
    /** Certificates to trust, PEM, for `mysqls://` and `rediss://`; the system's otherwise. */
    caFile: z.string().optional(),
  }),
]);

export type Endpoint = z.infer<typeof endpointSchema>;

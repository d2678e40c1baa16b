import { z } from 'zod';
import { endpointSchema } from './endpoint.ts';

/** Where a password is read from when it is needed; the configuration itself holds none. */
export const secretSourceSchema = z.union([
  z.object({ env: z.string().min(1) }),
  z.object({ file: z.string().min(1) }),
]);

/** The SLO service's own settings. */
export const sloServiceSchema = z.object({
  /** Where the ledger and the records are kept. */
  storage: z.discriminatedUnion('kind', [
    /** In `<data>/slo-service`, by one process. */
    z.object({ kind: z.literal('sqlite') }),
    /** In MySQL or MariaDB, by any number of replicas, one of which writes. */
    z.object({
      kind: z.literal('mysql'),
      endpoint: endpointSchema,
      database: z.string().regex(/^\w{1,64}$/, 'write a name of letters, digits and _'),
      user: z.string(),
      /** Absent: the password that this installation made for its own MariaDB. */
      password: secretSourceSchema.optional(),
      /** The Redis whose lease elects the replica that writes. */
      lease: endpointSchema,
      /** Absent: the password that this installation made for its own Redis. */
      leasePassword: secretSourceSchema.optional(),
    }),
  ]),
});

export type SecretSource = z.infer<typeof secretSourceSchema>;
export type SloServiceConfig = z.infer<typeof sloServiceSchema>;

/** One process with files of its own. */
export const defaultSloService: SloServiceConfig = { storage: { kind: 'sqlite' } };

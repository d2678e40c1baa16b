import { z } from 'zod';

/**
 * `waiting` for those it comes after; `starting` until healthy for the first time; `backoff`
 * between a crash and the next start; `failed` when it is not started any more.
 */
export const processStateSchema = z.enum([
  'waiting',
  'starting',
  'healthy',
  'unhealthy',
  'backoff',
  'stopping',
  'stopped',
  'failed',
]);

/** What the supervisor knows about one process. */
export const processStatusSchema = z.object({
  name: z.string(),
  state: processStateSchema,
  /** Why it is not healthy. */
  reason: z.string().optional(),
  pid: z.number().optional(),
  /** With the pid, tells this process from a later one with its number. */
  startTicks: z.string().optional(),
  /** ISO 8601, UTC; of the running program, not of the first start. */
  startedAt: z.string().optional(),
  restarts: z.number(),
  addresses: z.record(z.string(), z.string()),
  log: z.string(),
});

/** What a supervisor keeps in `<data>/stack.json`, for those who ask from outside. */
export const stackStateSchema = z.object({
  pid: z.number(),
  startTicks: z.string(),
  startedAt: z.string(),
  processes: z.array(processStatusSchema),
});

export type ProcessState = z.infer<typeof processStateSchema>;
export type ProcessStatus = z.infer<typeof processStatusSchema>;
export type StackState = z.infer<typeof stackStateSchema>;

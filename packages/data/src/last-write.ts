import { z } from 'zod';

/**
 * The position of this process's last write, so that a replica is not asked before it has it.
 * MariaDB tells the GTID of each write in the answer to it.
 */
export interface LastWrite {
  /** Takes note of an answer of the primary. */
  note(answer: unknown): void;
  /** The GTID that the replica is not known to have; undefined when there is none. */
  awaited(): string | undefined;
  /** The replica has it, and with it everything before. */
  arrived(gtid: string): void;
}

/** The part of an answer that mysql2 does not type. */
const answerSchema = z.object({
  stateChanges: z.object({ systemVariables: z.object({ last_gtid: z.string().min(1) }) }),
});

/** Sent on every connection to the primary. */
export const trackLastWrite = "SET SESSION session_track_system_variables = 'last_gtid'";

/** Remembers the newest write until the replica has it. */
export function createLastWrite(): LastWrite {
  let awaited: string | undefined;
  return {
    note: (answer) => {
      const told = answerSchema.safeParse(answer).data;
      awaited = told?.stateChanges.systemVariables.last_gtid ?? awaited;
    },
    awaited: () => awaited,
    arrived: (gtid) => {
      if (awaited === gtid) awaited = undefined;
    },
  };
}

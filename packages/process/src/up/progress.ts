import { z } from 'zod';
import { processStatusSchema } from '../supervisor/process-status.ts';

/** Something that happens while the stack comes up. */
export const eventSchema = z.discriminatedUnion('kind', [
  /** A step is about to be done. */
  z.object({ kind: z.literal('step'), text: z.string() }),
  /** A line of output of the step that is being done; shown only where it can be overwritten. */
  z.object({ kind: z.literal('detail'), text: z.string() }),
  z.object({ kind: z.literal('process'), status: processStatusSchema }),
  z.object({ kind: z.literal('waiting'), text: z.string(), elapsedSeconds: z.number() }),
]);

export type UpEvent = z.infer<typeof eventSchema>;

/** Shows, or passes on, what happens. */
export interface Progress {
  tell(event: UpEvent): void;
  /** Nothing more comes; what is shown may be tidied up. */
  end(): void;
}

import type { CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';

/** The ID that the command was given; throws SproutError `USAGE` without. */
export function objectiveId({ positionals }: CommandContext): string {
  const [id] = positionals;
  if (id !== undefined) return id;
  throw usageError('which objective? its ID is missing', './sprout slo list shows them');
}

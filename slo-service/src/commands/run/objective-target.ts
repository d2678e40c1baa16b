import type { CommandContext } from '@sprout/process';
import { objectiveStatusSchema } from '../../api/schemas.ts';
import { objectiveId } from './objective-id.ts';
import { askService } from './slo-client.ts';

/** The target that is in force, beside which a compliance keeps its nines. */
export async function askTarget(context: CommandContext): Promise<number> {
  const path = `/api/v1/objectives/${encodeURIComponent(objectiveId(context))}`;
  return (await askService(context, path, objectiveStatusSchema)).target;
}

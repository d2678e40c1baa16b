import type { CommandContext } from '@sprout/process';
import { objectiveStatusSchema } from '../../api/schemas.ts';
import { objectivePath } from './asked.ts';
import { askService } from './slo-client.ts';

/** The target that is in force, beside which a compliance keeps its nines. */
export async function askTarget(context: CommandContext): Promise<number> {
  return (await askService(context, objectivePath(context), objectiveStatusSchema)).target;
}

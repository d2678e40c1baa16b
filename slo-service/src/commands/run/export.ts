import type { CommandContext } from '@sprout/process';
import { SproutError } from '@sprout/process';
import { exportOpenSlo } from '@sprout/objectives/openslo';
import { asDeclared } from '../../openslo/as-declared.ts';
import { warnOfNotSaid } from './openslo-file.ts';

/** `sprout slo export`. */
export async function run(context: CommandContext): Promise<number> {
  const objectives = context.config().objectives.map(asDeclared);
  const unknown = context.positionals.find((id) => !objectives.some((each) => each.id === id));
  if (unknown !== undefined) {
    throw new SproutError('OBJECTIVE_UNKNOWN', `there is no objective "${unknown}"`, {
      hint: './sprout slo list shows them',
    });
  }
  const isAsked = (id: string) =>
    context.positionals.length === 0 || context.positionals.includes(id);
  const { documents, notSaid } = exportOpenSlo(objectives.filter(({ id }) => isAsked(id)));
  if (context.values['json'] === true) context.print(JSON.stringify({ documents, notSaid }));
  else context.print(documents.trimEnd());
  return warnOfNotSaid(context, notSaid);
}

import type { CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { whatIfSchema } from '../../status/what-if.ts';
import type { WhatIf } from '../../status/what-if.ts';
import { leftFractionOf } from '../../status/window.ts';
import { askService } from './slo-client.ts';
import { asked, objectivePath } from './asked.ts';
import { markedRows } from './budget.ts';
import { table } from './table.ts';
import { events, percent, promise, wholeEvents } from './words.ts';

/** `sprout slo what-if`. */
export async function run(context: CommandContext): Promise<number> {
  const query = asked(context, 'target', 'window');
  if (query.size === 0) throw usageError('what if what? give --target or --window', hint);
  const path = objectivePath(context, `/what-if?${query}`);
  const answer = await askService(context, path, whatIfSchema);
  if (context.values['json']) context.print(JSON.stringify(answer));
  else describe(answer).forEach(context.print);
  return 0;
}

const hint = './sprout slo what-if --help shows examples';

function describe({ declared, asked }: WhatIf): string[] {
  const row = (name: string, { target, window, budget, kept }: WhatIf['asked']) => {
    const { allowed, bad } = budget.adjusted ?? budget;
    return [
      name,
      promise(target),
      window,
      `${events(bad)} of ${wholeEvents(allowed)}`,
      percent(leftFractionOf(budget)),
      kept === null ? 'unknown' : kept ? 'kept' : 'broken',
    ];
  };
  const mute = asked.unreachableAlerts;
  return [
    ...table([
      ['', 'TARGET', 'WINDOW', 'BAD OF ALLOWED', 'LEFT', ''],
      row('declared', declared),
      row('asked', asked),
    ]),
    ...markedRows(asked.budget).map((row) => row.join('  ')),
    ...(mute.length === 0
      ? []
      : ['', `no alert could fire over ${mute.join(', ')}: the target is too low`]),
  ];
}

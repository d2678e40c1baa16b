import type { CommandContext } from '@sprout/process';
import { policyListSchema } from '../../policies/policy-routes.ts';
import type { PolicyState } from '../../policies/policy-state.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import { percent } from './words.ts';

/** `sprout slo policies`. */
export async function run(context: CommandContext): Promise<number> {
  const { objective, json } = context.values;
  const query = new URLSearchParams({ limit: '500' });
  if (typeof objective === 'string') query.set('objective', objective);
  const list = await askService(context, `/api/v1/policies?${query}`, policyListSchema);
  if (json === true) context.print(JSON.stringify(list));
  else if (list.items.length === 0) context.print('no policy has looked at a budget yet');
  else table([heads, ...list.items.map(row)]).forEach(context.print);
  return 0;
}

const heads = ['POLICY', 'PROMISE', 'CALLED BELOW', 'NOW', 'LAST CALL'];

function row({ policy, objective, leftBelow, crossed, calls }: PolicyState): string[] {
  const last = calls.at(-1);
  return [
    policy,
    objective,
    percent(leftBelow),
    crossed ? 'below' : 'above',
    last === undefined ? '–' : `${last.at}, ${outcomeOf(last)}`,
  ];
}

function outcomeOf({ deliveredAt, nextAt, error, attempts }: PolicyState['calls'][number]): string {
  if (deliveredAt !== null) return 'taken';
  if (nextAt === null) return `given up after ${attempts} attempts: ${error ?? ''}`;
  return error === null ? 'due' : `tried again at ${nextAt}: ${error}`;
}

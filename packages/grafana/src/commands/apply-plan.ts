import { createInterface } from 'node:readline/promises';
import { SproutError } from '@sprout/process';
import type { CommandContext } from '@sprout/process';
import type { GrafanaClient } from '../client/client.ts';
import { apply } from '../plan/apply.ts';
import type { Applied } from '../plan/apply.ts';
import { plan } from '../plan/plan.ts';
import type { Change } from '../plan/plan.ts';
import type { GrafanaResource } from '../resource.ts';
import { changeAsJson, changeLines, planSummary } from './diff-text.ts';

/**
 * Plans, asks, applies and tells what became of it. Resolves to the exit code: 1 when nothing went
 * through, 4 when only a part did.
 */
export async function applyPlan(
  context: CommandContext,
  client: GrafanaClient,
  resources: readonly GrafanaResource[],
): Promise<number> {
  const asJson = context.values['json'] === true;
  const all = await plan(client, resources);
  const changes = all.filter(
    ({ action }) => action !== 'delete' || context.values['prune'] === true,
  );
  const show = asJson ? context.warn : context.print;
  for (const line of changes.flatMap(changeLines)) show(line);
  show(planSummary(changes));
  if (all.length > changes.length)
    show(`${all.length - changes.length} of ours are no longer in the code; --prune deletes them`);
  if (changes.length > 0 && context.values['yes'] !== true && !(await isAgreed())) {
    context.warn('nothing was changed');
    return 1;
  }
  const applied = await apply(client, changes);
  if (asJson) context.print(JSON.stringify(appliedAsJson(applied)));
  else tell(context, applied);
  if (applied.failed.length === 0) return 0;
  return applied.done.length === 0 ? 1 : 4;
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new SproutError('USAGE', 'there is nobody to ask whether to apply this', {
      hint: 'add --yes',
    });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test(await terminal.question('Apply? [y/N] '));
  } finally {
    terminal.close();
  }
}

function tell({ print, warn }: CommandContext, { done, failed, altered }: Applied): void {
  if (done.length > 0) print(`applied ${done.length} of ${done.length + failed.length} changes`);
  for (const { change, error } of failed) {
    warn(`not applied: ${change.action} ${change.id.name}: ${error.code}: ${error.message}`);
    if (error.hint !== undefined) warn(`  hint: ${error.hint}`);
  }
  for (const { name, path } of altered)
    warn(`Grafana stored something else than it was sent: ${name} ${path}`);
}

const appliedAsJson = ({ done, failed, altered }: Applied): unknown => ({
  done: done.map(named),
  failed: failed.map(({ change, error: { code, message, hint } }) => ({
    ...named(change),
    error: { code, message, hint },
  })),
  altered,
});

const named = (change: Change) => {
  const { action, kind, name } = changeAsJson(change);
  return { action, kind, name };
};

import { SproutError } from '@sprout/process';
import type { GrafanaClient } from '../client/client.ts';
import { differences } from './difference.ts';
import type { Difference } from './difference.ts';
import type { Change } from './plan.ts';

/** A change that did not happen, and why. */
export interface FailedChange {
  readonly change: Change;
  readonly error: SproutError;
}

/** What became of a plan. */
export interface Applied {
  readonly done: readonly Change[];
  readonly failed: readonly FailedChange[];
  /** Where Grafana stored something else than it was sent; the next plan will show it again. */
  readonly altered: readonly (Difference & { readonly name: string })[];
}

/**
 * Carries out a plan, change by change. A change that fails does not keep others from happening,
 * unless Grafana is gone or does not let us in. What somebody changed since the plan was made is
 * not overwritten: that change fails with `GRAFANA_CONFLICT`.
 */
export async function apply(client: GrafanaClient, changes: readonly Change[]): Promise<Applied> {
  const done: Change[] = [];
  const failed: FailedChange[] = [];
  const altered: (Difference & { name: string })[] = [];
  let over: SproutError | undefined;
  for (const change of changes) {
    if (over !== undefined) {
      failed.push({ change, error: over });
      continue;
    }
    try {
      const { name } = change.id;
      altered.push(...(await carryOut(client, change)).map((found) => ({ ...found, name })));
      done.push(change);
    } catch (error) {
      if (!(error instanceof SproutError)) throw error;
      failed.push({ change, error });
      if (isFinal(error)) over = error;
    }
  }
  return { done, failed, altered };
}

async function carryOut(client: GrafanaClient, change: Change): Promise<Difference[]> {
  if (change.action === 'delete') {
    await client.remove(change.id, change.resourceVersion);
    return [];
  }
  const { resource } = change;
  const stored =
    change.action === 'create'
      ? await client.create(resource)
      : await client.replace(resource, change.resourceVersion);
  return differences(resource.spec, stored.spec, 'spec');
}

const isFinal = ({ code }: SproutError): boolean =>
  ['GRAFANA_UNREACHABLE', 'GRAFANA_UNAUTHORIZED', 'GRAFANA_THROTTLED'].includes(code);

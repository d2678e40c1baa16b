import type { CommandContext } from '@sprout/process';
import { objectiveId } from './objective-id.ts';

/** Those of some options that were given, as the parameters of the API that they are called after. */
export function asked({ values }: CommandContext, ...names: readonly string[]): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = values[name];
    if (typeof value === 'string') query.set(name, value);
  }
  return query;
}

/** Where the API answers about the objective that the command was given. */
export function objectivePath(context: CommandContext, part = ''): string {
  return `/api/v1/objectives/${encodeURIComponent(objectiveId(context))}${part}`;
}

import type { CommandContext } from '@sprout/process';
import { versionListSchema } from '../../versions/version.ts';
import type { Version } from '../../versions/version.ts';
import { objectivePath } from './asked.ts';
import { table } from './table.ts';
import { askWholeList } from './whole-list.ts';
import { promise } from './words.ts';

/** `sprout slo versions`. */
export async function run(context: CommandContext): Promise<number> {
  const { 'known-at': knownAt, json } = context.values;
  const query = typeof knownAt === 'string' ? `?${new URLSearchParams({ knownAt })}` : '';
  const path = objectivePath(context, `/versions${query}`);
  const list = await askWholeList(context, path, versionListSchema);
  if (json) context.print(JSON.stringify(list));
  else table([heads, ...list.items.map(row)]).forEach(context.print);
  return 0;
}

const heads = ['FROM', 'UNTIL', 'TARGET', 'WITHIN', 'WINDOW', 'RECORDED', 'BY'];

function row(version: Version): string[] {
  const { from, until, target, thresholdSeconds, window, recordedAt, by } = version;
  const within = thresholdSeconds === null ? '–' : `${Math.round(thresholdSeconds * 1000)} ms`;
  return [from ?? 'ever', until ?? 'now', promise(target), within, window, recordedAt, by];
}

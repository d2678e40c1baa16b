import { styleText } from 'node:util';
import type { Difference } from '../plan/difference.ts';
import type { Drift } from '../plan/drift.ts';
import type { Change } from '../plan/plan.ts';

const valueCharsMax = 100;
const signs = { create: '+', update: '~', delete: '-' } as const;
const colors = { create: 'green', update: 'yellow', delete: 'red' } as const;

/** A change as a person reads it: what happens to which resource, and what differs by path. */
export function changeLines({ action, id, differences }: Change): string[] {
  const head = styled(colors[action], `${signs[action]} ${action} ${id.kind} ${id.name}`);
  return [head, ...differences.flatMap(differenceLines)];
}

/** How many resources a plan creates, updates and deletes. */
export function planSummary(changes: readonly Change[]): string {
  if (changes.length === 0) return 'nothing to change: Grafana has what the code says';
  const count = (action: Change['action']): number =>
    changes.filter((change) => change.action === action).length;
  return `${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete`;
}

/** What happened to a resource by hand. */
export function driftLines({ id, state, since, differences }: Drift): string[] {
  const head = styled('yellow', `! ${id.kind} ${id.name}: ${stateText[state]}`);
  const doubt =
    state === 'changed' && since === 'code'
      ? ['    no record of the last apply: compared with the code']
      : [];
  return [head, ...doubt, ...differences.flatMap(differenceLines)];
}

/** A change for a program: without the whole resource. */
export function changeAsJson({ action, id, differences }: Change) {
  return { action, kind: id.kind, name: id.name, differences };
}

const stateText = {
  changed: 'changed since the last apply',
  missing: 'is not in Grafana: deleted, or never applied',
  unmarked: 'does not carry the mark of Sprout: taken off, or made by somebody else',
} as const;

function differenceLines({ path, before, after }: Difference): string[] {
  return [
    `    ${path}`,
    ...(before === undefined ? [] : [styled('red', `      - ${shortened(before)}`)]),
    ...(after === undefined ? [] : [styled('green', `      + ${shortened(after)}`)]),
  ];
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > valueCharsMax ? `${text.slice(0, valueCharsMax)}…` : text;
}

const styled = (color: 'red' | 'green' | 'yellow', text: string): string =>
  styleText(color, text, { stream: process.stdout });

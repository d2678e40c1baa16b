import type { ProcessSpec } from '../process-spec.ts';
import { SproutError } from '../error.ts';

/**
 * Keeps the named processes and whatever they come after. `after` may name processes that are not
 * in the stack (an existing server is used instead); those are ignored.
 * Throws SproutError `PROCESS_UNKNOWN` or `PROCESS_CIRCLE`.
 */
export function selectSpecs(
  specs: readonly ProcessSpec[],
  only: readonly string[] | undefined,
): ProcessSpec[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const unknown = (only ?? []).filter((name) => !byName.has(name));
  if (unknown.length > 0) {
    throw new SproutError('PROCESS_UNKNOWN', `there is no process ${unknown.join(', ')}`, {
      hint: `the processes are ${[...byName.keys()].join(', ')}`,
    });
  }
  const wanted = new Set<string>();
  for (const name of only ?? byName.keys()) collect(name, byName, wanted, []);
  return specs.filter((spec) => wanted.has(spec.name));
}

function collect(
  name: string,
  byName: ReadonlyMap<string, ProcessSpec>,
  wanted: Set<string>,
  path: readonly string[],
): void {
  if (path.includes(name)) {
    throw new SproutError(
      'PROCESS_CIRCLE',
      `these wait for each other: ${[...path, name].join(' → ')}`,
    );
  }
  const spec = byName.get(name);
  if (spec === undefined || wanted.has(name)) return;
  for (const before of spec.after) collect(before, byName, wanted, [...path, name]);
  wanted.add(name);
}

/**
 * Does `act` to each, those first that come earlier; in parallel where the order allows it.
 * With `reverse`, those first that nothing else comes after.
 */
export async function inOrder(
  specs: readonly Pick<ProcessSpec, 'name' | 'after'>[],
  act: (name: string) => Promise<void>,
  direction: 'forward' | 'reverse' = 'forward',
): Promise<void> {
  const done = new Map<string, Promise<void>>();
  const predecessors = (name: string) =>
    specs
      .filter((other) =>
        direction === 'forward'
          ? specs.find((spec) => spec.name === name)?.after.includes(other.name)
          : other.after.includes(name),
      )
      .map((other) => other.name);
  const once = (name: string): Promise<void> => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const started = Promise.all(predecessors(name).map(once)).then(() => act(name));
    done.set(name, started);
    return started;
  };
  await Promise.all(specs.map((spec) => once(spec.name)));
}

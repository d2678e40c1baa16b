import { SproutError } from '../error.ts';
import type { ProcessSpec } from '../process-spec.ts';

/** Instances of one process; each costs some 60 MB. */
export const instancesMax = 10;

export interface ScalingParts {
  /** Everything that runs; instances are added to it and taken off again. */
  readonly running: ProcessSpec[];
  readonly start: (spec: ProcessSpec) => Promise<void>;
  readonly stop: (name: string) => Promise<void>;
}

/** Makes `scale`; one call goes on after the other. */
export function createScaling(parts: ScalingParts): (name: string, count: number) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (name, count) => {
    const next = last.catch(() => undefined).then(() => scale(parts, name, count));
    last = next;
    return next;
  };
}

async function scale({ running, start, stop }: ScalingParts, name: string, count: number) {
  const first = running.find((spec) => spec.name === name);
  if (first?.scalable !== true || !isCount(count)) throw notScalable(running, name, count);
  const wanted = Array.from({ length: count - 1 }, (_, index) => `${name}-${index + 2}`);
  const present = running.filter((spec) => isInstanceOf(name, spec.name)).map((spec) => spec.name);
  const leaving = present.filter((one) => !wanted.includes(one));
  const coming = wanted
    .filter((one) => !present.includes(one))
    .map((one) => instanceOf(first, one));
  running.push(...coming);
  await Promise.all([...coming.map(start), ...leaving.map(stop)]);
  for (const one of leaving) {
    running.splice(
      running.findIndex((spec) => spec.name === one),
      1,
    );
  }
}

/** Whether a process is an instance of another beyond its first. */
export function isInstanceOf(name: string, instance: string): boolean {
  return instance.startsWith(`${name}-`) && /^[1-9]\d*$/.test(instance.slice(name.length + 1));
}

/** The same program on a port of its own; it publishes itself by its own name. */
function instanceOf(spec: ProcessSpec, name: string): ProcessSpec {
  return {
    ...spec,
    name,
    command: (context) => {
      const command = spec.command(context);
      return { ...command, env: { ...command.env, SPROUT_INSTANCE: name } };
    },
  };
}

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= instancesMax;
}

function notScalable(running: readonly ProcessSpec[], name: string, count: number): SproutError {
  const can = running.filter(({ scalable }) => scalable === true).map((spec) => spec.name);
  return new SproutError('NOT_SCALABLE', `${name} cannot run ${count} times`, {
    hint: `1 to ${instancesMax} of: ${can.join(', ') || 'nothing that runs here'}`,
  });
}

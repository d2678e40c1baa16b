import type { SproutConfig } from '../config-schema.ts';
import type { ProcessSpec } from '../process-spec.ts';

/** What the root knows and this package must not: the apps. */
export interface StackParts {
  /** The project's folder, with `cli.ts`, `sprout.config.ts` and the web console's source. */
  readonly root: string;
  processes(config: SproutConfig): Promise<readonly ProcessSpec[]>;
}

/** Servers that a configuration can replace by existing ones. */
const replaceable = ['mariadb', 'redis', 'prometheus', 'alertmanager', 'identity', 'discovery'];

/** Servers that the market reaches through the proxies of `faults`. */
const behindProxies = ['mariadb', 'redis'];

/** Leaves out the servers that nothing in the configuration points to. */
export function withoutReplaced(
  specs: readonly ProcessSpec[],
  config: SproutConfig,
): ProcessSpec[] {
  const named = JSON.stringify([config.telemetry, config.market]);
  const isNamed = (name: string) => named.includes(`"process":"${name}"`);
  return specs.filter(
    ({ name }) =>
      !replaceable.includes(name) ||
      isNamed(name) ||
      (behindProxies.includes(name) && isNamed('faults')),
  );
}

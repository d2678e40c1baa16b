import type { SproutConfig } from '../config-schema.ts';
import type { ProcessSpec } from '../process-spec.ts';

/** What the root knows and this package must not: the apps. */
export interface StackParts {
  /** The file to start in the background for `up --detach`. */
  readonly cliFile: string;
  /** The configuration that is used unless `--config` names another. */
  readonly configFile: string;
  processes(config: SproutConfig): Promise<readonly ProcessSpec[]>;
  /** Builds the web console when its source has changed. */
  buildConsole(): Promise<void>;
}

/** Servers that a configuration can replace by existing ones. */
const replaceable = ['mariadb', 'redis', 'prometheus', 'alertmanager'];

/** Leaves out the servers that nothing in the configuration points to. */
export function withoutReplaced(
  specs: readonly ProcessSpec[],
  config: SproutConfig,
): ProcessSpec[] {
  const used = JSON.stringify([config.telemetry, config.market]);
  return specs.filter(
    ({ name }) => !replaceable.includes(name) || used.includes(`"process":"${name}"`),
  );
}

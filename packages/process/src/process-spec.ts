import type { SproutConfig } from './config-schema.ts';
import type { SecretName } from './secrets.ts';

/** Programs that Debian's packages bring. */
export type Tool =
  | 'mariadbd'
  | 'mariadb-install-db'
  | 'mariadb'
  | 'mariadb-dump'
  | 'redis-server'
  | 'prometheus'
  | 'promtool'
  | 'alertmanager'
  | 'amtool'
  | 'mysqld-exporter'
  | 'redis-exporter'
  | 'node-exporter'
  | 'blackbox-exporter'
  | 'chromium';

/** What a process needs to know to be started. */
export interface ProcessContext {
  readonly config: SproutConfig;
  /** Path of a tool; throws SproutError `TOOL_MISSING` with the command that installs it. */
  tool(name: Tool): string;
  /** The port of a listener: configured, or a free one that stays once it was healthy. */
  port(listener?: string): number;
  /** `<data>/<process name>`, created. */
  readonly directory: string;
}

/** A process that the supervisor starts, watches and stops. Each app exports its own. */
export interface ProcessSpec {
  readonly name: string;
  readonly tools: readonly Tool[];
  /** Processes that must be healthy before this one is started. */
  readonly after: readonly string[];
  /** Listeners of programs that cannot publish their own run file: listener → URL or host:port. */
  addresses?(context: ProcessContext): Readonly<Record<string, string>>;
  /** Makes data directories and configuration files; idempotent. */
  prepare?(context: ProcessContext): Promise<void>;
  command(context: ProcessContext): {
    readonly file: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
  /** Undefined when healthy, else why it is not. Called until it is, with its addresses. */
  health(
    addresses: Readonly<Record<string, string>>,
    context: ProcessContext,
  ): Promise<string | undefined>;
  /**
   * Secrets that it reads itself: of `$SPROUT_SECRET_*` it is given those of these names alone, and
   * `$SPROUT_API_KEY` with `api-key`.
   */
  readonly secrets?: readonly (SecretName | 'api-key')[];
  /** It also reads the variables that the configuration names, `{ env: 'NAME' }`. */
  readonly readsConfiguredSecrets?: boolean;
  readonly stopSignal?: NodeJS.Signals;
  /** Several instances can run side by side; see `Stack.scale`. */
  readonly scalable?: true;
}

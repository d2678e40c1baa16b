import { mkdirSync } from 'node:fs';
import type { SproutConfig } from '../config-schema.ts';
import type { Tool } from '../process-spec.ts';
import { aptInstall, aptUnpack, aptUpdate, listsAreStale } from './apt.ts';
import type { Progress } from './apt.ts';
import { missingTools, toolsDirectory } from './find-tool.ts';
import { hasApt, missingToolsError } from './missing-tools.ts';
import { packagesOf } from './tool-packages.ts';

export interface InstallOptions {
  /** Told what is about to be done, before it is done. */
  announce(line: string): void;
  /** Told each line of the output of what is being done. */
  readonly progress: Progress;
  /** Whose rights decide what can be installed; default the user of this process. */
  readonly uid?: number;
}

/**
 * Installs whatever is missing of these tools.
 * Throws SproutError `TOOL_MISSING` when that needs rights we lack or another kind of system,
 * `INSTALL_FAILED` with the end of apt's output when it fails.
 */
export async function installTools(
  tools: readonly Tool[],
  config: Pick<SproutConfig, 'tools'>,
  options: InstallOptions,
): Promise<void> {
  const missing = missingTools(tools, config);
  if (missing.length === 0) return;
  await installMissing(missing, options);
  const still = missingTools(tools, config);
  if (still.length > 0) throw missingToolsError(still);
}

/** Refuses before anything is done when not all of it can be done. */
export async function installMissing(
  missing: readonly Tool[],
  options: InstallOptions,
): Promise<void> {
  const toInstall = packagesOf(missing, 'install');
  const isRoot = (options.uid ?? process.getuid?.()) === 0;
  if (!hasApt() || (!isRoot && toInstall.length > 0)) throw missingToolsError(missing);
  if (isRoot && listsAreStale()) await refreshLists(options);
  if (toInstall.length > 0) {
    options.announce(`installing ${toInstall.join(', ')} with apt (their services stay off)`);
    await aptInstall(toInstall, options.progress);
  }
  await unpack(packagesOf(missing, 'unpack'), options);
}

async function refreshLists(options: InstallOptions): Promise<void> {
  options.announce('fetching the package lists (apt-get update)');
  await aptUpdate(options.progress);
}

async function unpack(packages: readonly string[], options: InstallOptions): Promise<void> {
  mkdirSync(toolsDirectory, { recursive: true });
  for (const debianPackage of packages) {
    options.announce(`unpacking ${debianPackage} into .sprout/tools (nothing is installed)`);
    await aptUnpack(debianPackage, toolsDirectory, options.progress);
  }
}

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { SproutConfig } from '../config-schema.ts';
import { SproutError } from '../error.ts';
import type { Tool } from '../process-spec.ts';
import { projectRoot } from '../project-root.ts';
import { missingToolsError } from './missing-tools.ts';
import { toolPackages } from './tool-packages.ts';

/** Where unpacked tools live, one folder per Debian package. */
export const toolsDirectory: string = join(projectRoot, '.sprout', 'tools');

/** Daemons live there, and it is not on everybody's PATH. */
const systemDirectories = ['/usr/sbin', '/usr/local/sbin', '/usr/bin'];

type ToolConfig = Pick<SproutConfig, 'tools'>;

/**
 * Path of a tool: the one that the configuration names, else the unpacked one, else from PATH.
 * Throws SproutError `TOOL_MISSING`.
 */
export function findTool(tool: Tool, config: ToolConfig = { tools: {} }): string {
  const found = lookForTool(tool, config);
  if (found === undefined) throw missingToolsError([tool]);
  return found;
}

/** Those of the tools that are nowhere. */
export function missingTools(tools: readonly Tool[], config: ToolConfig): Tool[] {
  return [...new Set(tools)].filter((tool) => lookForTool(tool, config) === undefined);
}

function lookForTool(tool: Tool, config: ToolConfig): string | undefined {
  const configured = config.tools[tool];
  if (configured !== undefined) return existingOrThrow(tool, configured);
  const { binary, package: debianPackage } = toolPackages[tool];
  const directories = [
    join(toolsDirectory, debianPackage, 'usr', 'bin'),
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...systemDirectories,
  ];
  return directories.map((directory) => join(directory, binary)).find(isExecutable);
}

function existingOrThrow(tool: Tool, path: string): string {
  if (isExecutable(path)) return path;
  throw new SproutError('TOOL_MISSING', `tools.${tool}: ${path} cannot be executed`, {
    hint: 'correct the path in sprout.config.ts, or leave it out to have the tool installed',
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not a program: the next place may have it.
    return false;
  }
}

import { accessSync } from 'node:fs';
import { SproutError } from '../error.ts';
import type { Tool } from '../process-spec.ts';
import { packagesOf, toolPackages } from './tool-packages.ts';

/** One error that names every missing tool and the command that brings them. */
export function missingToolsError(missing: readonly Tool[], apt: boolean = hasApt()): SproutError {
  const names = missing.map((tool) => toolPackages[tool].binary).join(', ');
  return new SproutError('TOOL_MISSING', `these programs are missing: ${names}`, {
    hint: apt ? aptHint(missing) : otherSystemHint(missing),
  });
}

/** True on Debian and what derives from it. */
export function hasApt(): boolean {
  try {
    accessSync('/usr/bin/apt-get');
    return true;
  } catch {
    // Another kind of system.
    return false;
  }
}

function aptHint(missing: readonly Tool[]): string {
  const packages = packagesOf(missing, 'install');
  if (packages.length === 0) return 'sudo apt-get update, then run the same command again';
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

function otherSystemHint(missing: readonly Tool[]): string {
  const example = missing.map((tool) => `'${tool}': '/path/to/${toolPackages[tool].binary}'`);
  return `install them and put them on PATH, or name them in sprout.config.ts: tools: { ${example.join(', ')} }`;
}

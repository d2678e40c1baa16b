import { join } from 'node:path';
import type { Command } from '../command.ts';
import type { StackParts } from '../up/stack-parts.ts';
import { configBuildCommand } from './config.ts';
import { downCommand } from './down.ts';
import { scaleCommand } from './scale.ts';
import { statusCommand } from './status.ts';
import { testCommand } from './test.ts';
import { upCommand } from './up.ts';

export type { StackParts } from '../up/stack-parts.ts';
export { buildConfig, declaredConfig } from '../config-build/build-config.ts';

/** The commands that concern the whole stack. */
export const stackCommands = (parts: StackParts): Command[] => [
  upCommand(parts),
  downCommand,
  statusCommand,
  scaleCommand,
  testCommand,
  configBuildCommand(join(parts.root, 'sprout.config.ts')),
];

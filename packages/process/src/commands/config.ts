import type { Command } from '../command.ts';
import { exitCodes } from '../cli/failure.ts';
import { buildConfig } from '../config-build/build-config.ts';

export const configBuildCommand = (configFile: string): Command => ({
  name: ['config', 'build'],
  summary: 'Check sprout.config.ts and compile it to .sprout/config.json.',
  options: { config: { type: 'string' } },
  optionHelp: { config: 'another sprout.config.ts' },
  examples: [
    './sprout config build              # tells every problem at once, with its place',
    './sprout config build --json       # prints the compiled configuration',
  ],
  run: async ({ values, print, warn }) => {
    const file = typeof values['config'] === 'string' ? values['config'] : configFile;
    const { config, path } = await buildConfig(file);
    warn(`${config.objectives.length} objectives, ${config.signals.length} signals: ${path}`);
    if (values['json'] === true) print(JSON.stringify(config, null, 2));
    return exitCodes.ok;
  },
});

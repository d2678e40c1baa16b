import { join, relative } from 'node:path';
import { dashboardManifest, inFolder } from '@sprout/grafana';
import { grafanaCommands } from '@sprout/grafana/commands';
import { writeGeneratedFiles } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import { dashboards } from './dashboards/all.ts';
import { generatedFiles } from './generated/files.ts';

/** Where the generated files are checked in. */
const generatedDirectory = join(import.meta.dirname, '../_generated');

/** `sprout dashboards …`. */
export const dashboardCommands: Command[] = [
  {
    name: ['dashboards', 'build'],
    summary: 'Write the dashboards to dashboards-as-code/_generated, as v2 and as classic JSON',
    examples: ['sprout dashboards build   # after a change of signals or objectives'],
    run: build,
  },
  {
    name: ['dashboards', 'list'],
    summary: 'List the dashboards and how many panels each has',
    examples: ['sprout dashboards list    # slug, title, panels'],
    run: list,
  },
  ...grafanaCommands({
    noun: 'dashboards',
    resources: (context) =>
      inFolder(dashboards(context.config()).map(({ model }) => dashboardManifest(model))),
  }),
];

async function build(context: CommandContext): Promise<number> {
  const files = generatedFiles(context.config());
  writeGeneratedFiles(files, generatedDirectory);
  for (const path of files.keys()) {
    context.print(relative(process.cwd(), join(generatedDirectory, path)));
  }
  return 0;
}

async function list(context: CommandContext): Promise<number> {
  for (const { model } of dashboards(context.config())) {
    const panels = model.rows.flatMap((row) => row.panels).length;
    context.print(`${model.slug.padEnd(14)}${model.title.padEnd(14)}${panels} panels`);
  }
  return 0;
}

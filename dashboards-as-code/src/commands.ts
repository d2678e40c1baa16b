import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createGrafanaClient, folderPermissions, inFolders } from '@sprout/grafana';
import { grafanaCommands } from '@sprout/grafana/commands';
import { lintCommand } from '@sprout/lint';
import { writeGeneratedFiles } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import { dashboards } from './dashboards/all.ts';
import { folderModels } from './dashboards/dashboard.ts';
import { generatedFiles } from './generated/files.ts';
import { dashboardChecks, lint } from './lint/lint.ts';
import { previewCommand } from './preview/preview.ts';
import { referenceOf } from './reference/metric-reference.ts';

/** Where the generated files are checked in. */
const generatedDirectory = join(import.meta.dirname, '../_generated');

/** Where the metric reference is checked in. */
const referenceFile = join(import.meta.dirname, '../../docs/metrics.md');

/** `sprout dashboards …` and `sprout signals …`. */
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
  previewCommand,
  {
    name: ['signals', 'reference'],
    summary: 'Write the metric reference, docs/metrics.md, from the signals of the configuration',
    examples: ['./sprout signals reference   # after a change of signals'],
    run: reference,
  },
  lintCommand({
    noun: 'dashboards',
    summary: 'Check panels, queries, variables, links, and that every signal and alert is shown',
    checks: dashboardChecks,
    run: lint,
  }),
  ...grafanaCommands({
    noun: 'dashboards',
    resources: (context) => [
      ...inFolders(
        dashboards(context.config()).map(({ model }) => model),
        folderModels,
      ),
      ...folderPermissions(context.config().grafana.folders),
    ],
    client: (context) =>
      createGrafanaClient({ permittedFolders: Object.keys(context.config().grafana.folders) }),
  }),
];

async function build(context: CommandContext): Promise<number> {
  const files = generatedFiles(await context.declared());
  writeGeneratedFiles(files, generatedDirectory);
  for (const path of files.keys()) {
    context.print(relative(process.cwd(), join(generatedDirectory, path)));
  }
  return 0;
}

async function reference(context: CommandContext): Promise<number> {
  writeFileSync(referenceFile, referenceOf(await context.declared()));
  context.print(relative(process.cwd(), referenceFile));
  return 0;
}

async function list(context: CommandContext): Promise<number> {
  for (const { model } of dashboards(context.config())) {
    const panels = model.rows.flatMap((row) => row.panels).length;
    context.print(`${model.slug.padEnd(22)}${model.title.padEnd(26)}${panels} panels`);
  }
  return 0;
}

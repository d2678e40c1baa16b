import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGrafanaClient, folderPermissions, inFolders } from '@sprout/grafana';
import { grafanaCommands } from '@sprout/grafana/commands';
import { lintCommand } from '@sprout/lint';
import { printFiles, writeGeneratedFiles } from '@sprout/process';
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
    examples: [
      './sprout dashboards build   # after a change of signals or objectives',
      "./sprout dashboards build --json | jq -r '.files[]'",
    ],
    run: build,
  },
  {
    name: ['dashboards', 'list'],
    summary: 'List the dashboards and how many panels each has',
    examples: [
      './sprout dashboards list    # slug, title, panels',
      "./sprout dashboards list --json | jq '.dashboards[].panels'",
    ],
    run: list,
  },
  previewCommand,
  {
    name: ['signals', 'reference'],
    summary: 'Write the metric reference, docs/metrics.md, from the signals of the configuration',
    examples: [
      './sprout signals reference   # after a change of signals',
      './sprout signals reference --json',
    ],
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
  printFiles(
    context,
    [...files.keys()].map((path) => join(generatedDirectory, path)),
  );
  return 0;
}

async function reference(context: CommandContext): Promise<number> {
  writeFileSync(referenceFile, referenceOf(await context.declared()));
  printFiles(context, [referenceFile]);
  return 0;
}

async function list(context: CommandContext): Promise<number> {
  const listed = dashboards(context.config()).map(({ model: { slug, title, rows } }) => ({
    slug,
    title,
    panels: rows.flatMap((row) => row.panels).length,
  }));
  if (context.values['json'] === true) context.print(JSON.stringify({ dashboards: listed }));
  else {
    for (const { slug, title, panels } of listed) {
      context.print(`${slug.padEnd(22)}${title.padEnd(26)}${panels} panels`);
    }
  }
  return 0;
}

import { createGrafanaClient, dashboardManifest, drift, inFolder, plan } from '@sprout/grafana';
import type { GrafanaClient, GrafanaResource } from '@sprout/grafana';
import type { Command, CommandContext } from '@sprout/process';
import { dashboards } from '../dashboards/all.ts';
import { applyPlan } from './apply.ts';
import { changeAsJson, changeLines, driftLines, planSummary } from './diff-text.ts';

const json = { json: { type: 'boolean' } } as const;
const jsonHelp = { json: 'print JSON instead of text' };

/** `sprout dashboards plan | apply | drift`: the commands that talk to a Grafana. */
export const grafanaCommands: Command[] = [
  {
    name: ['dashboards', 'plan'],
    summary: 'Show what apply would change in the Grafana of GRAFANA_URL and GRAFANA_TOKEN',
    options: json,
    optionHelp: jsonHelp,
    examples: [
      './sprout dashboards plan          # only reads',
      './sprout dashboards plan --json   # for a program',
    ],
    run: showPlan,
  },
  {
    name: ['dashboards', 'apply'],
    summary: 'Make Grafana have the dashboards of the code, in the folder Sprout',
    options: { ...json, prune: { type: 'boolean' }, yes: { type: 'boolean' } },
    optionHelp: {
      ...jsonHelp,
      prune: 'also delete dashboards that Sprout made and the code no longer has',
      yes: 'do not ask',
    },
    examples: [
      './sprout dashboards apply                 # shows the plan and asks',
      './sprout dashboards apply --prune --yes   # in a pipeline; exit code 4 when only a part went through',
    ],
    run: async (context) => applyPlan(context, clientOf(), resourcesOf(context)),
  },
  {
    name: ['dashboards', 'drift'],
    summary: 'Name what was changed by hand in Grafana since the last apply',
    options: json,
    optionHelp: jsonHelp,
    examples: ['./sprout dashboards drift   # exit code 3 when something was changed by hand'],
    run: showDrift,
  },
];

async function showPlan(context: CommandContext): Promise<number> {
  const changes = await plan(clientOf(), resourcesOf(context));
  if (context.values['json'] === true) {
    context.print(JSON.stringify({ changes: changes.map(changeAsJson) }));
    return 0;
  }
  for (const line of changes.flatMap(changeLines)) context.print(line);
  context.print(planSummary(changes));
  return 0;
}

async function showDrift(context: CommandContext): Promise<number> {
  const found = await drift(clientOf(), resourcesOf(context));
  if (context.values['json'] === true) context.print(JSON.stringify({ drift: found }));
  else {
    for (const line of found.flatMap(driftLines)) context.print(line);
    if (found.length === 0) context.print('no drift: Grafana has what was applied');
  }
  return found.length === 0 ? 0 : 3;
}

const clientOf = (): GrafanaClient => createGrafanaClient();

const resourcesOf = (context: CommandContext): GrafanaResource[] =>
  inFolder(dashboards(context.config()).map(({ model }) => dashboardManifest(model)));

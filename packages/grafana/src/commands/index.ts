import type { Command, CommandContext } from '@sprout/process';
import { createGrafanaClient } from '../client/client.ts';
import type { GrafanaClient } from '../client/client.ts';
import { drift } from '../plan/drift.ts';
import { plan } from '../plan/plan.ts';
import type { GrafanaResource } from '../resource.ts';
import { applyPlan } from './apply-plan.ts';
import { changeAsJson, changeLines, driftLines, planSummary } from './diff-text.ts';

/** What a noun of the command line keeps in Grafana. */
export interface Managed {
  /** For example `dashboards`. */
  readonly noun: string;
  resources(context: CommandContext): readonly GrafanaResource[];
  /** The Grafana of the environment, unless something must be added on the way to it. */
  client?(context: CommandContext): GrafanaClient;
}

const json = { json: { type: 'boolean' } } as const;
const jsonHelp = { json: 'print JSON instead of text' };

/** `sprout <noun> plan | apply | drift`: the commands that talk to a Grafana. */
export function grafanaCommands(managed: Managed): Command[] {
  const { noun } = managed;
  return [
    {
      name: [noun, 'plan'],
      summary: 'Show what apply would change in the Grafana of GRAFANA_URL and GRAFANA_TOKEN',
      options: json,
      optionHelp: jsonHelp,
      examples: [
        `./sprout ${noun} plan          # only reads`,
        `./sprout ${noun} plan --json   # for a program`,
      ],
      run: async (context) => showPlan(managed, context),
    },
    {
      name: [noun, 'apply'],
      summary: `Make Grafana have the ${noun} of the code, in the folder Sprout`,
      options: { ...json, prune: { type: 'boolean' }, yes: { type: 'boolean' } },
      optionHelp: {
        ...jsonHelp,
        prune: `also delete ${noun} that Sprout made and the code no longer has`,
        yes: 'do not ask',
      },
      examples: [
        `./sprout ${noun} apply                 # shows the plan and asks`,
        `./sprout ${noun} apply --prune --yes   # in a pipeline; exit code 4 when only a part went through`,
        `./sprout ${noun} apply --yes --json`,
      ],
      run: async (context) =>
        applyPlan(context, clientOf(managed, context), managed.resources(context)),
    },
    {
      name: [noun, 'drift'],
      summary: 'Name what was changed by hand in Grafana since the last apply',
      options: json,
      optionHelp: jsonHelp,
      examples: [
        `./sprout ${noun} drift          # exit code 3 when something was changed by hand`,
        `./sprout ${noun} drift --json   # for a program`,
      ],
      run: async (context) => showDrift(managed, context),
    },
  ];
}

async function showPlan(managed: Managed, context: CommandContext): Promise<number> {
  const changes = await plan(clientOf(managed, context), managed.resources(context));
  if (context.values['json'] === true) {
    context.print(JSON.stringify({ changes: changes.map(changeAsJson) }));
    return 0;
  }
  for (const line of changes.flatMap(changeLines)) context.print(line);
  context.print(planSummary(changes));
  return 0;
}

async function showDrift(managed: Managed, context: CommandContext): Promise<number> {
  const found = await drift(clientOf(managed, context), managed.resources(context));
  if (context.values['json'] === true) context.print(JSON.stringify({ drift: found }));
  else {
    for (const line of found.flatMap(driftLines)) context.print(line);
    if (found.length === 0) context.print('no drift: Grafana has what was applied');
  }
  return found.length === 0 ? 0 : 3;
}

const clientOf = ({ client }: Managed, context: CommandContext): GrafanaClient =>
  client?.(context) ?? createGrafanaClient();

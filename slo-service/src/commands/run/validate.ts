import { checkObjectives, problemText, timing } from '@sprout/process';
import type { CommandContext } from '@sprout/process';
import { exitCodes } from '@sprout/process/cli';
import type { ObjectiveDraft } from '@sprout/objectives/openslo';
import { linesOfObjectives, lookIntoOpenSloFile, warnOfNotSaid } from './openslo-file.ts';

/** `sprout slo validate`. */
export async function run(context: CommandContext): Promise<number> {
  const { objectives, notSaid, findings } = lookIntoOpenSloFile(context);
  const problems = findings.length > 0 ? findings : impossible(context, objectives);
  const ids = objectives.map(({ id }) => id);
  if (context.values['json'] === true) {
    context.print(
      JSON.stringify({ valid: problems.length === 0, problems, notSaid, objectives: ids }),
    );
  } else if (problems.length === 0) {
    context.print(`right; promises: ${ids.length}, not said: ${notSaid.length}`);
  } else problems.forEach(context.print);
  warnOfNotSaid(context, notSaid);
  return problems.length === 0 ? exitCodes.ok : exitCodes.lintFindings;
}

/** What `config build` would refuse: signals, labels and buckets that nobody has, and the like. */
function impossible(
  { positionals, config }: CommandContext,
  objectives: readonly ObjectiveDraft[],
): string[] {
  const { signals, services } = config();
  const problems = checkObjectives(objectives, {
    signals: signals.map((signal) =>
      signal.kind === 'log' ? { kind: signal.kind, name: signal.name } : signal,
    ),
    services: services.map(({ name }) => name),
    scrapeIntervalSeconds: timing(1).scrapeIntervalMs / 1000,
  });
  const [file = ''] = positionals;
  const lineOf = linesOfObjectives(file);
  return problems.map(
    (problem) =>
      `${file}:${lineOf(problem.objective)}: ${problem.objective}: ${problem.path}: ${problemText(problem)}`,
  );
}

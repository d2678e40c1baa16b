import { SproutError, checkObjectives, problemText, timing } from '@sprout/process';
import type { Command, CommandContext } from '@sprout/process';
import type { ObjectiveDraft } from '@sprout/objectives/openslo';
import { linesOfObjectives, readOpenSloFile, warnOfNotSaid } from './openslo-file.ts';

export const validateCommand: Command = {
  name: ['slo', 'validate'],
  summary: 'Check an OpenSLO v1 file: what is wrong in it or impossible, and what cannot be said.',
  arguments: 'FILE',
  examples: ['./sprout slo validate promises.yaml   # exits with 1 when the file is wrong'],
  run: async (context) => {
    const { objectives, notSaid } = readOpenSloFile(context);
    warnOfNotSaid(context, notSaid);
    refuseImpossible(context, objectives);
    context.print(`right: ${objectives.length} promises, ${notSaid.length} things not said`);
    return 0;
  },
};

/** Checks promises as `config build` does. Throws SproutError `OPENSLO_INVALID` with every problem. */
function refuseImpossible(
  { positionals, config }: CommandContext,
  objectives: readonly ObjectiveDraft[],
): void {
  const { signals, services } = config();
  const problems = checkObjectives(objectives, {
    signals: signals.map((signal) =>
      signal.kind === 'log' ? { kind: signal.kind, name: signal.name } : signal,
    ),
    services: services.map(({ name }) => name),
    scrapeIntervalSeconds: timing(1).scrapeIntervalMs / 1000,
  });
  if (problems.length === 0) return;
  const [file = ''] = positionals;
  const lineOf = linesOfObjectives(file);
  const lines = problems.map((problem) => {
    const line = lineOf(problem.objective);
    const text = `${problem.objective}: ${problem.path}: ${problemText(problem)}`;
    return `${file}:${line}: ${text}`;
  });
  throw new SproutError('OPENSLO_INVALID', lines.join('\n'), {
    hint: 'correct each, or declare the signals in sprout.config.ts',
  });
}

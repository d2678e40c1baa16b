import { importOpenSlo } from '@sprout/objectives/openslo';
import type { OpenSloImport } from '@sprout/objectives/openslo';
import { checkObjectives, problemText, scrapeIntervalSecondsOf } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { Language } from '../language/language.ts';
import type { Text } from '../language/text.ts';
import { asDeclared } from './as-declared.ts';

/** What promises of documents are held to. */
type Surroundings = Pick<SproutConfig, 'objectives' | 'signals' | 'services' | 'telemetry'>;

/**
 * Reads OpenSLO documents, with everything wrong in them at once: what cannot be read, and what
 * `sprout config build` would refuse beside the promises there are. The documents take
 * the place of the promises `replaced`: those with these ids, or whichever have ids of theirs.
 * Everything is told in `language`.
 */
export function readDocuments(
  config: Surroundings,
  text: string,
  replaced: 'namesakes' | readonly string[],
  language: Language = 'en',
): OpenSloImport {
  const read = importOpenSlo(text, language);
  const own = new Set(read.objectives.map(({ id }) => id));
  const lineOf = linesOfObjectives(text);
  const gone: ReadonlySet<string> = replaced === 'namesakes' ? own : new Set(replaced);
  const others = config.objectives.map(asDeclared).filter(({ id }) => !gone.has(id));
  const taken = others.filter(({ id }) => own.has(id));
  const beside = others.filter(({ id }) => !own.has(id));
  const found = checkObjectives([...beside, ...read.objectives], {
    signals: config.signals.map((signal) =>
      signal.kind === 'log' ? { kind: signal.kind, name: signal.name } : signal,
    ),
    services: config.services.map(({ name }) => name),
    scrapeIntervalSeconds: scrapeIntervalSecondsOf(config.telemetry.prometheus),
  });
  const problems = [
    ...read.problems,
    ...taken.map(({ id }) => ({ line: lineOf(id), path: id, message: takenText(id)[language] })),
    ...found
      .filter(({ objective }) => own.has(objective))
      .map((one) => ({
        line: lineOf(one.objective),
        path: `${one.objective}.${one.path}`,
        message: problemText(one, language),
      })),
  ];
  return { ...read, problems: problems.toSorted((a, b) => a.line - b.line) };
}

const takenText = (id: string): Text => ({
  en: `the id ${id} is taken`,
  ko: `id ${id}은(는) 이미 쓰고 있습니다`,
});

/** The line at which the name of each objective stands; the first when it is not found. */
function linesOfObjectives(text: string): (objective: string) => number {
  const lines = text.split('\n');
  return (objective) => {
    const name = new RegExp(`^\\s*name:\\s*['"]?${objective}['"]?\\s*$`);
    // The SLO follows the SLI of the same name.
    return (
      Math.max(
        0,
        lines.findLastIndex((line) => name.test(line)),
      ) + 1
    );
  };
}

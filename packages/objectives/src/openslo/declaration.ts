import type { Objective } from '../objective.ts';
import type { Window } from '../window.ts';
import type { Language } from '../remark.ts';
import { notSaidIn } from './findings.ts';
import type { FoundUnsaid, NotSaid } from './findings.ts';
import { unsaid } from './words/unsaid.ts';

/**
 * Objectives as TypeScript to paste: one constant each, causes first, and a list of all. A cause
 * that is not among them, or that would close a circle, cannot be named and is reported, in `language`.
 */
export function declarationsOf(
  objectives: readonly Objective[],
  language: Language = 'en',
): {
  readonly text: string;
  readonly notSaid: readonly NotSaid[];
} {
  const names = constantNames(objectives);
  const notSaid: FoundUnsaid[] = [];
  const declared = new Set<string>();
  const text = causesFirst(objectives).map((each) => {
    const causes = each.dependsOn.filter((id) => declared.has(id));
    for (const id of each.dependsOn.filter((other) => !declared.has(other))) {
      const why = names.has(id) ? 'DEPENDS_IN_CIRCLE' : 'DEPENDS_ON_MISSING';
      notSaid.push({ objective: each.id, what: unsaid(why, { id }) });
    }
    declared.add(each.id);
    return declaration(
      each,
      names.get(each.id) ?? each.id,
      causes.map((id) => names.get(id) ?? id),
    );
  });
  const functions = ['objective', ...new Set(objectives.map(({ window }) => window.kind))];
  const list = objectives.map(({ id }) => names.get(id) ?? id);
  return {
    text: [
      `import { ${functions.toSorted().join(', ')} } from '@sprout/objectives';`,
      ...text,
      `export const importedObjectives = [\n${list.map((name) => `  ${name},\n`).join('')}];`,
    ].join('\n\n'),
    notSaid: notSaidIn(language, notSaid),
  };
}

function declaration(each: Objective, name: string, causes: readonly string[]): string {
  const { id, owner, target, window, pages, alerts, pageGroup, sli } = each;
  const lines = [
    ...namingLines(each),
    `owner: ${literal(owner)}`,
    `target: ${target}`,
    `window: ${windowCall(window)}`,
    ...(pages ? ['pages: true'] : []),
    ...(alerts ? [] : ['alerts: false']),
    ...(pageGroup === id ? [] : [`pageGroup: ${literal(pageGroup)}`]),
    ...(causes.length === 0 ? [] : [`dependsOn: [${causes.join(', ')}]`]),
    `sli: ${literal(sli, '  ')}`,
  ];
  const body = lines.map((line) => `  ${line},\n`).join('');
  return `export const ${name} = objective(${literal(id)}, {\n${body}});`;
}

function namingLines({ id, title, titleKo, name, nameKo }: Objective): string[] {
  const words = (en: string, ko: string | undefined) => literal(ko === undefined ? en : { en, ko });
  return [
    ...(title === id && titleKo === undefined ? [] : [`title: ${words(title, titleKo)}`]),
    ...(name === undefined ? [] : [`name: ${words(name, nameKo)}`]),
  ];
}

/** Ends in `Objective`, so that no name is a word of the language. */
function constantNames(objectives: readonly Objective[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id } of objectives) {
    const words = id.split('-').filter((word) => word !== '');
    const camel = words
      .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
      .join('');
    let name = `${camel}Objective`;
    while (taken.has(name)) name += '_';
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function causesFirst(objectives: readonly Objective[]): Objective[] {
  const byId = new Map(objectives.map((each) => [each.id, each]));
  const sorted = new Set<Objective>();
  const visiting = new Set<Objective>();
  const visit = (each: Objective | undefined): void => {
    if (each === undefined || visiting.has(each)) return;
    visiting.add(each);
    for (const id of each.dependsOn) visit(byId.get(id));
    sorted.add(each);
  };
  for (const each of objectives) visit(each);
  return [...sorted];
}

function windowCall(window: Window): string {
  return window.kind === 'rolling'
    ? `rolling(${literal(window.length)})`
    : `calendar(${literal(window.unit)}, ${literal(window.zone)})`;
}

/** Data as TypeScript writes it; `indent` is that of the line it stands in. */
function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    const inner = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
    return `'${inner}'`;
  }
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item) => `${deeper}${literal(item, deeper)},\n`);
    return `[\n${items.join('')}${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(
    ([key, item]) => `${deeper}${key}: ${literal(item, deeper)},\n`,
  );
  return `{\n${fields.join('')}${indent}}`;
}

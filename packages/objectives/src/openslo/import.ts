import { defaultGroupsMax } from '../objective.ts';
import type { Naming } from '../naming.ts';
import type { NoTraffic, Objective, Sli, Slice } from '../objective.ts';
import type { Language } from '../remark.ts';
import type { Window } from '../window.ts';
import { annotationReader } from './annotation.ts';
import { readDocuments } from './documents.ts';
import type { Located, OpenSloProblem, Path } from './documents.ts';
import { findingsIn, notSaidIn, problemsIn } from './findings.ts';
import type { AllFindings, Findings, NotImported } from './findings.ts';
import { sliIn } from './indicator.ts';
import { objectiveName, serviceName } from './name.ts';
import type { SloDocument, TargetSpec } from './schema.ts';
import { sliceIn } from './time-slice.ts';
import { sameLength, windowIn } from './time-window.ts';
import { problem } from './words/problems.ts';
import { leftOut, unsaid } from './words/unsaid.ts';

/** A promise as a file makes it; whether its series exist is checked when it is declared. */
export type ObjectiveDraft = Objective;

export interface OpenSloImport {
  readonly objectives: readonly ObjectiveDraft[];
  /** Everything wrong in the file, line by line; the rest is still read. */
  readonly problems: readonly OpenSloProblem[];
  /** What the file says and Sprout cannot; "left out" when no objective could be made. */
  readonly notSaid: readonly NotImported[];
}

/** Reads objectives from OpenSLO v1 documents in YAML, and tells of them in a language. */
export function importOpenSlo(yamlText: string, language: Language = 'en'): OpenSloImport {
  const { objectives, problems, notSaid } = readOpenSlo(yamlText);
  return {
    objectives,
    problems: problemsIn(language, problems),
    notSaid: notSaidIn(language, notSaid),
  };
}

/** The same before a language is chosen. */
export function readOpenSlo(
  yamlText: string,
): AllFindings & { readonly objectives: readonly ObjectiveDraft[] } {
  const { documents, problems } = readDocuments(yamlText);
  const found: AllFindings = { problems: [...problems], notSaid: [] };
  const objectives = documents.flatMap((located) => read(located, documents, found));
  refuseDoubles(documents, objectives, found);
  return {
    objectives: objectives.map(({ draft }) => draft),
    problems: inOrder(found.problems),
    notSaid: inOrder(found.notSaid),
  };
}

/** By line, and once each: an SLI is read again for every SLO that refers to it. */
function inOrder<T extends { readonly line: number }>(all: readonly T[]): T[] {
  const unique = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...unique.values()].toSorted((a, b) => a.line - b.line);
}

function refuseDoubles(all: readonly Located[], readings: readonly Reading[], found: AllFindings) {
  const names = new Set<string>();
  const ids = new Map<string, string>();
  for (const located of all) {
    const { kind, metadata } = located.document;
    const name = `${kind} ${metadata.name}`;
    const findings = findingsIn(located, metadata.name, found);
    if (names.has(name)) {
      const twice = problem('NAME_TWICE', { kind, name: metadata.name });
      findings.problem(['metadata', 'name'], twice);
    }
    names.add(name);
  }
  for (const { draft, name, findings } of readings) {
    const other = ids.get(draft.id) ?? name;
    if (other !== name) {
      findings.problem(['metadata', 'name'], problem('ID_TWICE', { id: draft.id }));
    }
    ids.set(draft.id, name);
  }
}

interface Reading {
  readonly draft: ObjectiveDraft;
  readonly name: string;
  readonly findings: Findings;
}

function read(located: Located, all: readonly Located[], found: AllFindings): Reading[] {
  const { document } = located;
  const { kind, metadata, spec } = document;
  if (kind === 'SLO') {
    const findings = findingsIn(located, metadata.name, found);
    return draftsOf(document, all, found, located).map((draft) => ({
      draft,
      name: metadata.name,
      findings,
    }));
  }
  const findings = findingsIn(located, `${kind} ${metadata.name}`, found);
  if (kind === 'SLI') {
    const isUsed = all.some(
      ({ document: user }) => user.kind === 'SLO' && user.spec.indicatorRef === metadata.name,
    );
    if (!isUsed) findings.unsaid([], unsaid('SLI_UNUSED'));
    return [];
  }
  if (kind !== 'Service') {
    findings.unsaid([], unsaid('DOCUMENT', { kind, name: metadata.name }));
    return [];
  }
  if (spec?.description) {
    findings.unsaid(['spec', 'description'], unsaid('ITS_FIELD', { field: 'description' }));
  }
  for (const field of ['displayName', 'labels', 'annotations'] as const) {
    if (metadata[field] !== undefined) {
      findings.unsaid(['metadata', field], unsaid('ITS_FIELD', { field }));
    }
  }
  return [];
}

function draftsOf(
  slo: SloDocument,
  all: readonly Located[],
  found: AllFindings,
  located: Located,
): ObjectiveDraft[] {
  const findings = findingsIn(located, slo.metadata.name, found);
  const promise = promiseOf(slo, findings);
  const window = windowOf(slo, promise.noted.window, findings);
  const sli = indicatorOf(slo, all, found, located);
  const { budgetingMethod } = slo.spec;
  if (budgetingMethod === 'RatioTimeslices') {
    findings.unsaid(['spec', 'budgetingMethod'], unsaid('RATIO_TIMESLICES'));
    return [];
  }
  const targets = slo.spec.objectives.map((each, index) =>
    targetOf(each, ['spec', 'objectives', index], findings, {
      isSliced: budgetingMethod === 'Timeslices',
      noTraffic: promise.noted.noTraffic,
    }),
  );
  if (window === undefined || sli === undefined) return [];
  if (targets.length > 1) {
    findings.unsaid(['spec', 'objectives'], unsaid('SEVERAL_TARGETS'));
  }
  return targets.flatMap((promised, index) => {
    if (promised === undefined) return [];
    const { target, slice } = promised;
    const suffix = targets.length > 1 ? `-${index + 1}` : '';
    const id = promise.id + suffix;
    const { noted, title, named, owner } = promise;
    return {
      id,
      title: title === undefined ? id : title + (suffix && ` (${index + 1})`),
      ...named,
      owner,
      target,
      window,
      pages: noted.pages,
      alerts: noted.alerts,
      pageGroup: noted.pageGroup ?? id,
      dependsOn: noted.dependsOn,
      groupBy: [],
      groupsMax: defaultGroupsMax,
      before: [],
      sli: slice === undefined ? sli : { ...sli, kind: 'time-slice', slice },
    };
  });
}

function promiseOf({ metadata, spec }: SloDocument, findings: Findings) {
  const reader = annotationReader(
    'SLO',
    metadata.annotations,
    ['metadata', 'annotations'],
    findings,
  );
  const { displayName, labels, name } = metadata;
  const id = objectiveName(name);
  if (id !== name) findings.unsaid(['metadata', 'name'], unsaid('NAME', { name, id }));
  if (labels !== undefined) findings.unsaid(['metadata', 'labels'], unsaid('LABELS'));
  if (displayName !== undefined && spec.description !== undefined) {
    findings.unsaid(['spec', 'description'], unsaid('DESCRIPTION_BESIDE_NAME'));
  }
  if (spec.alertPolicies !== undefined && spec.alertPolicies.length > 0) {
    findings.unsaid(['spec', 'alertPolicies'], unsaid('ALERT_POLICIES'));
  }
  const owner = reader.text('owner');
  const bool = ['true', 'false'] as const;
  return {
    id,
    title: displayName ?? spec.description,
    named: given({
      name: reader.text('name'),
      nameKo: reader.text('name-ko'),
      titleKo: reader.text('title-ko'),
    }),
    // Edited by hand, the service is right and the annotation is not.
    owner: owner !== undefined && serviceName(owner) === spec.service ? owner : spec.service,
    noted: {
      window: reader.text('window'),
      pages: reader.choice('pages', bool) === 'true',
      alerts: reader.choice('alerts', bool) !== 'false',
      pageGroup: reader.text('page-group'),
      dependsOn: reader.text('depends-on')?.split(',') ?? [],
      noTraffic: reader.choice('no-traffic', ['skip', 'good', 'bad']) ?? 'skip',
    },
  };
}

/** What is not given has no key. */
function given(words: Readonly<Record<string, string | undefined>>): Partial<Naming> {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
}

function windowOf(
  { spec }: SloDocument,
  noted: string | undefined,
  findings: Findings,
): Window | undefined {
  const [timeWindow] = spec.timeWindow ?? [];
  if (timeWindow === undefined) {
    findings.unsaid(['spec'], leftOut(unsaid('NO_TIME_WINDOW')));
    return undefined;
  }
  const window = windowIn(timeWindow);
  if (!('unsayable' in window)) return sameLength(window, noted);
  findings.unsaid(['spec', 'timeWindow', 0], leftOut(window.unsayable));
  return undefined;
}

function indicatorOf(
  { metadata: { name }, spec: { indicator, indicatorRef } }: SloDocument,
  all: readonly Located[],
  found: AllFindings,
  located: Located,
): Sli | undefined {
  const dataSourceType = (wanted: string) => typeOfSource(all, wanted);
  const findings = findingsIn(located, name, found);
  if (indicator !== undefined) {
    const at = ['spec', 'indicator'];
    const paths = { metadata: [...at, 'metadata'], spec: [...at, 'spec'] };
    return sliIn({ ...indicator, metadata: indicator.metadata, paths, findings, dataSourceType });
  }
  if (indicatorRef === undefined) return undefined;
  for (const other of all) {
    const { document } = other;
    if (document.kind !== 'SLI' || document.metadata.name !== indicatorRef) continue;
    const paths = { metadata: ['metadata'], spec: ['spec'] };
    const inOther = findingsIn(other, name, found);
    return sliIn({ ...document, paths, findings: inOther, dataSourceType });
  }
  findings.problem(['spec', 'indicatorRef'], problem('SLI_MISSING', { name: indicatorRef }));
  return undefined;
}

function typeOfSource(all: readonly Located[], name: string): string | undefined {
  for (const { document } of all) {
    if (document.kind === 'DataSource' && document.metadata.name === name) {
      return document.spec.type;
    }
  }
  return undefined;
}

/** Fields of a target that Sprout has no use for when events are counted. */
const ignored = ['displayName', 'op', 'value'] as const;
const ofSlices = ['timeSliceTarget', 'timeSliceWindow'] as const;
const composite = ['indicator', 'indicatorRef', 'compositeWeight'] as const;

interface Promised {
  readonly target: number;
  /** Undefined when events are counted. */
  readonly slice: Slice | undefined;
}

function targetOf(
  given: TargetSpec,
  at: Path,
  findings: Findings,
  { isSliced, noTraffic }: { readonly isSliced: boolean; readonly noTraffic: NoTraffic },
): Promised | undefined {
  for (const field of isSliced ? ignored : [...ignored, ...ofSlices]) {
    if (given[field] !== undefined) {
      findings.unsaid([...at, field], unsaid('TARGET_FIELD', { field }));
    }
  }
  for (const field of composite) {
    if (given[field] === undefined) continue;
    findings.unsaid([...at, field], leftOut(unsaid('COMPOSITE_TARGET', { field })));
    return undefined;
  }
  const percent = given.targetPercent ?? 0;
  // 99.95 ÷ 100 is 0.9995 only without the noise of binary fractions.
  const target = given.target ?? Number((percent / 100).toPrecision(15));
  const slice = isSliced ? sliceIn(given, noTraffic, at, findings) : undefined;
  if (target === 0) {
    findings.unsaid(at, leftOut(unsaid('TARGET_ZERO')));
    return undefined;
  }
  return isSliced && slice === undefined ? undefined : { target, slice };
}

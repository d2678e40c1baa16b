import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import type { Objective } from '../objective.ts';
import { windowName } from '../window.ts';
import { annotate } from './annotation.ts';
import type { Language, Remark } from '../remark.ts';
import { notSaidIn } from './findings.ts';
import type { NotSaid } from './findings.ts';
import { readOpenSlo } from './import.ts';
import { eventsOf, sliDocument } from './indicator.ts';
import { serviceName } from './name.ts';
import type { OpenSloDocument, SliDocument, SloDocument } from './schema.ts';
import { sliceSpec } from './time-slice.ts';
import { timeWindowOf } from './time-window.ts';
import { leftOut, unsaid } from './words/unsaid.ts';

export interface OpenSloExport {
  /** YAML: a Service for each owner, an SLI for each that differs, an SLO for each objective. */
  readonly documents: string;
  /** What would be lost to whoever reads the documents back. */
  readonly notSaid: readonly NotSaid[];
}

/**
 * Writes objectives as OpenSLO v1. What OpenSLO has no field for stands in annotations under
 * `sprout.dev/`. Every objective is read back; what comes back otherwise is named, and an
 * objective that does not come back at all is left out. `language` is that of `notSaid`.
 */
export function exportOpenSlo(
  objectives: readonly Objective[],
  language: Language = 'en',
): OpenSloExport {
  const read = objectives.map((each) => ({ objective: each, lost: lostOf(each) }));
  const written = read.filter(({ lost }) => lost.isWritten).map(({ objective }) => objective);
  return {
    documents: textOf(written),
    notSaid: notSaidIn(
      language,
      read.flatMap(({ objective, lost }) =>
        lost.whats.map((what) => ({ objective: objective.id, what })),
      ),
    ),
  };
}

function textOf(objectives: readonly Objective[]): string {
  const services = new Map<string, OpenSloDocument>();
  const slis = new Map<string, SliDocument>();
  const slos = objectives.map((objective) => {
    const service = serviceName(objective.owner);
    services.set(service, {
      apiVersion: 'openslo/v1',
      kind: 'Service',
      metadata: { name: service },
      spec: {},
    });
    const events = eventsOf(objective.sli);
    const key = JSON.stringify(events);
    const sli = slis.get(key) ?? sliDocument(objective.id, events);
    slis.set(key, sli);
    return sloDocument(objective, sli.metadata.name);
  });
  return [...services.values(), ...slis.values(), ...slos]
    .map((document) => stringify(document, { lineWidth: 0 }))
    .join('---\n');
}

function sloDocument(objective: Objective, indicatorRef: string): SloDocument {
  const { id, title, owner, target, window, pages, alerts, pageGroup, dependsOn } = objective;
  const { slice } = objective.sli;
  const service = serviceName(owner);
  const timeWindow = timeWindowOf(window);
  const annotations = annotate('SLO', {
    owner: owner === service ? undefined : owner,
    window:
      window.kind === 'rolling' && window.length !== timeWindow?.duration
        ? window.length
        : undefined,
    pages: pages ? 'true' : undefined,
    alerts: alerts ? undefined : 'false',
    'page-group': pageGroup === id ? undefined : pageGroup,
    'depends-on': dependsOn.length === 0 ? undefined : dependsOn.join(','),
    'no-traffic': slice === undefined || slice.noTraffic === 'skip' ? undefined : slice.noTraffic,
    name: objective.name,
    'name-ko': objective.nameKo,
    'title-ko': objective.titleKo,
  });
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: id, ...(title === id ? {} : { displayName: title }), ...annotations },
    spec: {
      service,
      indicatorRef,
      ...(timeWindow === undefined ? {} : { timeWindow: [timeWindow] }),
      budgetingMethod: slice === undefined ? 'Occurrences' : 'Timeslices',
      objectives: [{ target, ...(slice === undefined ? {} : sliceSpec(slice)) }],
    },
  };
}

interface Lost {
  readonly isWritten: boolean;
  readonly whats: readonly Remark[];
}

const unwritten = (...whats: readonly Remark[]): Lost => ({
  isWritten: false,
  whats: whats.map((what) => (what.code === 'LEFT_OUT' ? what : leftOut(what))),
});

function lostOf(objective: Objective): Lost {
  const { valid, good, bad, composite, up } = objective.sli;
  if (composite !== undefined) {
    return unwritten(unsaid('COMPOSITE', composite));
  }
  if (up !== undefined) {
    return unwritten(unsaid('SCRAPES', { services: up }));
  }
  if (valid.length === 0 || (good ?? bad ?? []).length === 0) {
    return unwritten(unsaid('SLI_WITHOUT_SERIES'));
  }
  if (timeWindowOf(objective.window) === undefined) {
    return unwritten(unsaid('WINDOW_NO_MINUTES', { window: windowName(objective.window) }));
  }
  const { objectives, problems, notSaid } = readOpenSlo(textOf([objective]));
  const [back] = objectives;
  const complaints = [
    ...problems.map(({ path, message }) => unsaid('READ_WRONG', { path, message })),
    ...notSaid.map(({ what }) => what),
  ];
  if (back === undefined || problems.length > 0) return unwritten(...complaints);
  const fields = Object.keys(objective) as (keyof Objective)[];
  const changed = fields.filter(
    (field) => !isDeepStrictEqual(plain(objective[field]), plain(back[field])),
  );
  return {
    isWritten: true,
    whats: [
      ...complaints,
      ...changed.map((field) => unsaid('VALUE', { field, value: objective[field] })),
    ],
  };
}

/** Data as a file keeps it, without fields that are undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

import type { CounterSelection } from '@sprout/signals';
import type { Sli } from '../objective.ts';
import type { Remark } from '../remark.ts';
import { annotate, annotationReader } from './annotation.ts';
import type { Path } from './documents.ts';
import type { Findings } from './findings.ts';
import { queryOf, readQuery, serviceIn } from './query.ts';
import type { IndicatorSpec, MetricSource, SliDocument } from './schema.ts';
import { problem } from './words/problems.ts';
import { leftOut, unsaid } from './words/unsaid.ts';

/** What the slices of an SLI judge, as an SLI of its own; any other is itself. */
export function eventsOf(sli: Sli): Sli {
  const { slice, ...events } = sli;
  return slice === undefined ? sli : { ...events, kind: derive(sli).kind };
}

/** An SLI as a document of its own. Throws RangeError when a part has no series. */
export function sliDocument(name: string, sli: Sli): SliDocument {
  const { valid, good, bad } = sli;
  const derived = derive(sli);
  const annotations = annotate('SLI', {
    kind: sli.kind === derived.kind ? undefined : sli.kind,
    'threshold-seconds':
      sli.thresholdSeconds === derived.thresholdSeconds
        ? undefined
        : String(sli.thresholdSeconds ?? 'none'),
    'total-services': servicesOf(valid),
    'good-services': servicesOf(good),
    'bad-services': servicesOf(bad),
  });
  const ratioMetric = {
    counter: false,
    ...(good === undefined ? {} : { good: metric(good) }),
    ...(bad === undefined ? {} : { bad: metric(bad) }),
    total: metric(valid),
  };
  const metadata = { name, ...annotations };
  return { apiVersion: 'openslo/v1', kind: 'SLI', metadata, spec: { ratioMetric } };
}

/** What an indicator is read from; `paths` lead to its metadata and its spec. */
export interface IndicatorSource {
  readonly metadata: Partial<SliDocument['metadata']> | undefined;
  readonly spec: IndicatorSpec;
  readonly paths: { readonly metadata: Path; readonly spec: Path };
  readonly findings: Findings;
  /** The type of a data source of the same file. */
  dataSourceType(name: string): string | undefined;
}

/** The SLI that an indicator means; undefined when that is found wrong or unsayable. */
export function sliIn(source: IndicatorSource): Sli | undefined {
  const { metadata, spec, paths, findings } = source;
  if (spec.description !== undefined) {
    findings.unsaid(paths.spec, unsaid('INDICATOR_FIELD', { field: 'description' }));
  }
  for (const field of ['displayName', 'labels'] as const) {
    if (metadata?.[field] !== undefined) {
      findings.unsaid([...paths.metadata, field], unsaid('INDICATOR_FIELD', { field }));
    }
  }
  const ratio = spec.ratioMetric;
  const at = [...paths.spec, ratio === undefined ? 'thresholdMetric' : 'ratioMetric'];
  if (ratio?.total === undefined) {
    const what = unsaid(ratio === undefined ? 'GAUGE_THRESHOLD' : 'RATIO_ELSEWHERE');
    findings.unsaid(at, unsaid('NOT_EVENTS', { what }));
    return undefined;
  }
  const read = (name: 'good' | 'bad' | 'total') =>
    readMetric(source, ratio[name]?.metricSource, [...at, name], ratio.counter);
  const [valid, good, bad] = [read('total'), read('good'), read('bad')];
  const part = good ?? bad;
  if (valid === undefined || part === undefined) return undefined;
  if (valid.form !== part.form) {
    const forms = { part: part.form, total: valid.form };
    findings.unsaid(at, leftOut(unsaid('RATIO_OF_FORMS', forms)));
    return undefined;
  }
  return annotated(source, {
    valid: valid.selections,
    ...(good === undefined ? {} : { good: good.selections }),
    ...(bad === undefined ? {} : { bad: bad.selections }),
  });
}

type Parts = Pick<Sli, 'valid' | 'good' | 'bad'>;

function annotated({ metadata, paths, findings }: IndicatorSource, parts: Parts): Sli {
  const at = [...paths.metadata, 'annotations'];
  const reader = annotationReader('SLI', metadata?.annotations, at, findings);
  const serve = (selections: readonly CounterSelection[], part: 'total' | 'good' | 'bad') => {
    const services = reader.text(`${part}-services`)?.split(',');
    if (services === undefined) return selections;
    if (services.length !== selections.length) {
      const parted = problem('SERVICES_UNEVEN', { parts: selections.length });
      reader.wrong(`${part}-services`, parted);
    }
    return selections.map((each, index) => ({ ...each, service: services[index] ?? each.service }));
  };
  const derived = derive(parts);
  const noted = reader.text('threshold-seconds');
  const threshold = noted === undefined ? derived.thresholdSeconds : Number(noted);
  if (noted !== 'none' && threshold !== undefined && !(threshold > 0)) {
    reader.wrong('threshold-seconds', problem('SECONDS_WRONG', { value: noted }));
  }
  return {
    kind: reader.choice('kind', ['availability', 'latency', 'events']) ?? derived.kind,
    valid: serve(parts.valid, 'total'),
    ...(parts.good === undefined ? {} : { good: serve(parts.good, 'good') }),
    ...(parts.bad === undefined ? {} : { bad: serve(parts.bad, 'bad') }),
    ...(noted === 'none' || threshold === undefined ? {} : { thresholdSeconds: threshold }),
  };
}

function readMetric(
  { findings, dataSourceType }: IndicatorSource,
  metricSource: MetricSource | undefined,
  at: Path,
  counter: boolean | undefined,
) {
  if (metricSource === undefined) return undefined;
  const { type, metricSourceRef, spec } = metricSource;
  const here = [...at, 'metricSource'];
  const leaveOut = (what: Remark) => {
    findings.unsaid([...here, 'spec', 'query'], leftOut(what));
    return undefined;
  };
  if (metricSourceRef !== undefined) {
    const source = unsaid('DATA_SOURCE', { name: metricSourceRef });
    findings.unsaid([...here, 'metricSourceRef'], source);
  }
  const sourceType = type ?? dataSourceType(metricSourceRef ?? '');
  if (sourceType?.toLowerCase() !== 'prometheus') {
    return leaveOut(unsaid('SOURCE_TYPE', { type: sourceType }));
  }
  for (const key of Object.keys(spec).filter((each) => each !== 'query')) {
    findings.unsaid([...here, 'spec', key], unsaid('SOURCE_FIELD', { field: key }));
  }
  const query = spec['query'];
  if (typeof query !== 'string') {
    findings.problem([...here, 'spec', 'query'], problem('QUERY_MISSING'));
    return undefined;
  }
  const reading = readQuery(query);
  if ('syntaxError' in reading) {
    findings.problem([...here, 'spec', 'query'], problem('QUERY_WRONG', reading.syntaxError));
    return undefined;
  }
  if ('unsayable' in reading) return leaveOut(reading.unsayable);
  if (reading.form === 'counter' && counter === false) return leaveOut(unsaid('GAUGE'));
  for (const note of reading.notes) findings.unsaid([...here, 'spec', 'query'], note);
  return reading;
}

/** What the series of an SLI tell: buckets of one bound are answers within a time. */
function derive({ good }: Parts): Pick<Sli, 'kind' | 'thresholdSeconds'> {
  if (good === undefined) return { kind: 'availability' };
  const bounds = new Set(
    good.map(({ metric: name, matchers }) =>
      name.endsWith('_seconds_bucket')
        ? Number(matchers.find(({ label, op }) => label === 'le' && op === '=')?.value)
        : Number.NaN,
    ),
  );
  const [bound] = bounds;
  return bounds.size === 1 && bound !== undefined && bound > 0 && Number.isFinite(bound)
    ? { kind: 'latency', thresholdSeconds: bound }
    : { kind: 'events' };
}

function metric(selections: readonly CounterSelection[]) {
  return { metricSource: { type: 'Prometheus', spec: { query: queryOf(selections) } } };
}

/** The services of series, unless their matchers tell. */
function servicesOf(selections: readonly CounterSelection[] | undefined): string | undefined {
  const told = selections?.every(({ service, matchers }) => service === serviceIn(matchers));
  return told === false ? selections?.map(({ service }) => service).join(',') : undefined;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectiveSchemaWords } from '../../schema-words.ts';
import { assertWholeKorean, saidOf } from '../../testing/said-in-korean.ts';
import type { Examples } from '../../testing/said-in-korean.ts';
import { problemWords } from './problems.ts';
import { promqlWords } from './promql.ts';
import { schemaWords } from './schema.ts';
import { leftOut, unsaid, unsaidWords } from './unsaid.ts';
import { yamlWords } from './yaml.ts';

const query = {
  from: 2,
  to: 3,
  kind: 'unexpected',
  near: '}',
  message: 'unexpected "}" at 3',
} as const;
const said = { en: 'what was said', ko: '한 말' };

const problems: Examples<typeof problemWords> = {
  FILE_TOO_LONG: [{ charsMax: 5 }],
  NO_DOCUMENT: [],
  YAML_WRONG: [{ code: 'DUPLICATE_KEY', message: 'Map keys must be unique' }],
  YAML_ALIASES: [{ message: 'ReferenceError: Unresolved alias' }],
  FIELD_UNKNOWN: [],
  SAID_BY_SCHEMA: [{ code: 'TOTAL_MISSING' }],
  SAID_BY_ZOD: [said],
  NAME_TWICE: [{ kind: 'SLO', name: 'checkout' }],
  ID_TWICE: [{ id: 'checkout' }],
  SLI_MISSING: [{ name: 'checkout' }],
  SLICE_INCOMPLETE: [],
  SLICE_LENGTH_FORM: [],
  CHOICE_UNKNOWN: [{ value: 'x', choices: ['true', 'false'] }],
  SERVICES_UNEVEN: [{ parts: 2 }],
  SECONDS_WRONG: [{ value: 'soon' }],
  QUERY_MISSING: [],
  QUERY_WRONG: [query],
};

const forms = { form: 'rate', other: 'increase over 5m' } as const;
const unsayable: Examples<typeof unsaidWords> = {
  NAME: [{ name: 'a.b', id: 'a-b' }],
  LABELS: [],
  DESCRIPTION_BESIDE_NAME: [],
  ALERT_POLICIES: [],
  ANNOTATION: [{ key: 'team' }],
  SEVERAL_TARGETS: [],
  TARGET_FIELD: [{ field: 'op' }],
  SLI_UNUSED: [],
  DOCUMENT: [{ kind: 'AlertPolicy', name: 'fast' }],
  ITS_FIELD: [{ field: 'description' }],
  INDICATOR_FIELD: [{ field: 'labels' }],
  DATA_SOURCE: [{ name: 'main' }],
  SOURCE_FIELD: [{ field: 'region' }],
  GROUPING: [{ grouping: 'by (route)' }],
  RATIO_TIMESLICES: [],
  COMPOSITE_TARGET: [{ field: 'compositeWeight' }],
  TARGET_ZERO: [],
  SLICE_LENGTH: [{ length: '7m' }],
  SLICE_ALWAYS_GOOD: [],
  NO_TIME_WINDOW: [],
  WINDOW_LENGTH: [{ duration: '400d' }],
  WINDOW_VARIES: [{ duration: '1M' }],
  WINDOW_UNIT: [{ duration: '1M', startTime: '2024-01-15 00:00:00', known: ['1d', '1w'] }],
  GAUGE_THRESHOLD: [],
  RATIO_ELSEWHERE: [],
  NOT_EVENTS: [{ what: said }],
  RATIO_OF_FORMS: [{ part: 'counter', total: 'increase over 5m' }],
  SOURCE_TYPE: [{ type: undefined }],
  GAUGE: [],
  NO_SERIES: [],
  FORMS_ADDED: [forms],
  OR_DROPS: [],
  NOT_ONE_METRIC: [{ selector: '{x="y"}' }],
  NO_SUM: [{ query: 'max(a_total)' }],
  LEFT_OUT: [{ what: said }],
  COMPOSITE: [{ rule: 'any', of: ['a', 'b'] }],
  SCRAPES: [{ services: ['shop'] }],
  SLI_WITHOUT_SERIES: [],
  WINDOW_NO_MINUTES: [{ window: '3601s' }],
  READ_WRONG: [{ path: 'spec.target', message: said }],
  VALUE: [{ field: 'groupBy', value: ['route'] }],
  DEPENDS_IN_CIRCLE: [{ id: 'a' }],
  DEPENDS_ON_MISSING: [{ id: 'a' }],
};

function assertTranslated(ko: string, en: string) {
  assertWholeKorean(ko);
  assert.notEqual(ko, en);
}

const ours = [...saidOf(problemWords, problems), ...saidOf(unsaidWords, unsayable)];
for (const [code, { en, ko }] of ours) {
  test(`${code} is said in Korean`, () => assertTranslated(ko, en));
}

for (const [code, { en, ko }] of Object.entries(schemaWords)) {
  test(`${code} of the schema is said in Korean`, () => assertTranslated(ko, en));
}

for (const [code, { en, ko }] of Object.entries(objectiveSchemaWords)) {
  test(`${code} of the schema of objectives is said in Korean`, () => assertTranslated(ko, en));
}

for (const [code, ko] of Object.entries(yamlWords)) {
  test(`${code} of YAML is said in Korean`, () => assertTranslated(ko, code));
}

for (const [code, words] of Object.entries(promqlWords)) {
  test(`${code} of PromQL is said in Korean`, () => assertTranslated(words(query), query.message));
}

test('a remark carries its code and the values at fault beside its words', () => {
  assert.deepEqual(unsaid('NAME', { name: 'a.b', id: 'a-b' }), {
    code: 'NAME',
    values: { name: 'a.b', id: 'a-b' },
    en: 'the name a.b; it becomes a-b',
    ko: '이름 a.b. a-b(으)로 바뀝니다',
  });
  assert.equal(leftOut(unsaid('GAUGE')).en, 'a gauge (counter: false); it is left out');
});

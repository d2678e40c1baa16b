import type { PromqlProblem } from '@sprout/query';
import type { ErrorCode } from 'yaml';
import { remarksOf } from '../../remark.ts';
import type { Text } from '../../remark.ts';
import { promqlWords } from './promql.ts';
import { schemaWords } from './schema.ts';
import type { SchemaCode } from './schema.ts';
import { yamlWords } from './yaml.ts';

/** What can be wrong in a file of OpenSLO documents. */
export const problemWords = {
  FILE_TOO_LONG: ({ charsMax }: { readonly charsMax: number }) => ({
    en: `the file is longer than ${charsMax} characters`,
    ko: `파일이 ${charsMax}자보다 깁니다`,
  }),
  NO_DOCUMENT: () => ({
    en: 'the file holds no OpenSLO document',
    ko: '파일에 OpenSLO 문서가 없습니다',
  }),
  YAML_WRONG: ({ code, message }: { readonly code: ErrorCode; readonly message: string }) => ({
    en: message,
    ko: `YAML: ${yamlWords[code]}`,
  }),
  /** Aliases that lead nowhere, or that multiply without end. */
  YAML_ALIASES: ({ message }: { readonly message: string }) => ({
    en: message,
    ko: 'YAML: 별칭(*)이 가리키는 앵커(&)가 없거나, 별칭이 끝없이 늘어납니다',
  }),
  FIELD_UNKNOWN: () => ({
    en: 'OpenSLO v1 has no such field',
    ko: 'OpenSLO v1에는 없는 필드입니다',
  }),
  /** What the schema says in words of its own. */
  SAID_BY_SCHEMA: ({ code }: { readonly code: SchemaCode }) => schemaWords[code],
  /** What zod says, in each language. */
  SAID_BY_ZOD: (words: Text) => words,
  NAME_TWICE: ({ kind, name }: { readonly kind: string; readonly name: string }) => ({
    en: `${kind} ${name} comes twice`,
    ko: `${kind} ${name}이(가) 두 번 나옵니다`,
  }),
  ID_TWICE: ({ id }: { readonly id: string }) => ({
    en: `the id ${id} comes twice`,
    ko: `id ${id}이(가) 두 번 나옵니다`,
  }),
  SLI_MISSING: ({ name }: { readonly name: string }) => ({
    en: `the file has no SLI "${name}"`,
    ko: `파일에 SLI "${name}"이(가) 없습니다`,
  }),
  SLICE_INCOMPLETE: () => ({
    en: 'Timeslices needs timeSliceTarget and timeSliceWindow',
    ko: 'Timeslices에는 timeSliceTarget과 timeSliceWindow가 필요합니다',
  }),
  SLICE_LENGTH_FORM: () => ({
    en: 'write for example 5, 5m or 1h',
    ko: '길이를 쓰세요. 예: 5, 5m, 1h',
  }),
  CHOICE_UNKNOWN: (given: { readonly value: string; readonly choices: readonly string[] }) => ({
    en: `"${given.value}" is none of ${given.choices.join(', ')}`,
    ko: `"${given.value}"은(는) 쓸 수 없습니다. 쓸 수 있는 값: ${given.choices.join(', ')}`,
  }),
  SERVICES_UNEVEN: ({ parts }: { readonly parts: number }) => ({
    en: `the query has ${parts} parts`,
    ko: `질의의 부분은 ${parts}개입니다`,
  }),
  SECONDS_WRONG: ({ value }: { readonly value: string | undefined }) => ({
    en: `"${value}" is no number of seconds`,
    ko: `"${value}"은(는) 초를 나타내는 수가 아닙니다`,
  }),
  QUERY_MISSING: () => ({
    en: 'a Prometheus source needs a query',
    ko: 'Prometheus 원천에는 query가 필요합니다',
  }),
  QUERY_WRONG: (problem: PromqlProblem) => ({
    en: problem.message,
    ko: promqlWords[problem.kind](problem),
  }),
};

/** Something wrong in a file. */
export const problem = remarksOf(problemWords);

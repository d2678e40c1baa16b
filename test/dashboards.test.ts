import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { queriesFor } from '@sprout/dashboards-as-code';
import { z } from 'zod';
import { getJson } from './public-apis.ts';
import { startTestStack } from './stack.ts';
import { eventually } from '@sprout/process/testing';
import type { TestStack } from './stack.ts';

/** No panel is ever empty: each query of each generated dashboard is run on a running stack. */
let stack: TestStack;

before(async () => {
  stack = await startTestStack({ timeScale: 10 });
});
after(() => stack?.stop());

const answerSchema = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

test('every panel of every generated dashboard returns data', async () => {
  const queries = queriesFor(stack.config);
  assert.ok(queries.length > 20, `only ${queries.length} queries`);
  let empty: string[] = [];
  await eventually(
    'all panels have data',
    async () => {
      empty = [];
      for (const { dashboard, panel, expr } of queries) {
        const answer = answerSchema.parse(
          await getJson(`${stack.url('prometheus')}/api/v1/query`, { query: expr }),
        );
        const hasData = answer.data.result.some(({ value }) => value[1] !== 'NaN');
        if (!hasData) empty.push(`${dashboard} / ${panel}: ${expr}`);
      }
      return empty.length === 0 || undefined;
    },
    120_000,
    // The list of empty panels says more than that the time is over.
  ).catch(() => undefined);
  assert.deepEqual(empty, []);
});

import { expect, test } from 'vitest';
import { formulaTerms } from './formula.ts';

test('the formula names every selection over the window', () => {
  const route = { label: 'route', op: '=' as const, value: 'order' };
  const terms = formulaTerms({
    window: { kind: 'rolling', length: '30d' },
    sli: {
      kind: 'availability',
      bad: [{ metric: 'probes_total', service: 'any', matchers: [] }],
      valid: [
        { metric: 'requests_total', service: 'any', matchers: [route] },
        { metric: 'probes_total', service: 'any', matchers: [] },
      ],
    },
  });
  expect(terms).toEqual([
    { name: 'bad', text: 'sum(increase(probes_total[30d]))' },
    {
      name: 'valid',
      text: 'sum(increase(requests_total{route="order"}[30d]))\n+ sum(increase(probes_total[30d]))',
    },
  ]);
});

import type { GroupAnswer } from '@sprout/slo-service/api';
import { isValidElement } from 'preact';
import { expect, test } from 'vitest';
import { VerdictMark } from '../widget/shape.tsx';
import { groupColumns } from './groups.tsx';
import { sampleBudget, sampleStatus } from './sample-status.ts';

const group: GroupAnswer = {
  group: 'route=%2Forders',
  labels: { route: '/orders' },
  verdict: 'kept',
  budget: sampleBudget(1000, 1),
  burnRate: 0,
};

test('a kept group of a promise whose source is gone is not shown as kept', () => {
  for (const state of ['stale', 'no_data', 'ok'] as const) {
    const mark = groupColumns(sampleStatus({ state }))[1]?.cell(group);
    expect(isValidElement(mark) && mark.type).toBe(VerdictMark);
    expect(mark).toHaveProperty('props', { verdict: 'kept', state });
    const shown = VerdictMark({ verdict: 'kept', state }).props.class;
    expect(shown).toBe(state === 'ok' ? 'mark mark-kept' : 'mark mark-unknown');
  }
});

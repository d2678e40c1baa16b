import { atom, nodesIn, treeOf } from '@sprout/query';
import { alertCheck } from './subject.ts';

export const comparison = alertCheck({
  name: 'alert-comparison',
  summary: 'An alert without a condition.',
  why: 'An expression without a comparison has a result whenever its series are there: it always fires.',
  fix: 'Compare with a bound, or use `absent`.',
  bad: { expr: atom('max by (service, queue) (queue_depth)') },
  messages: ({ expr, labels }) => {
    // A dead man's switch fires all the time, which is what it is for.
    if (labels.severity === 'info' && expr.text === 'vector(1)') return [];
    const nodes = nodesIn(treeOf(expr.text));
    const conditional = nodes.some(
      ({ kind, text }) =>
        /^(Gtr|Lss|Gte|Lte|EqlC|Neq|Unless)$/.test(kind) ||
        (kind === 'FunctionIdentifier' && text.startsWith('absent')) ||
        /^(>|<|>=|<=|==|!=)$/.test(text),
    );
    return conditional ? [] : ['it fires whenever its series are there'];
  },
});

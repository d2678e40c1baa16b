import { operandsOf } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const fragile = queryCheck({
  name: 'promql-fragile',
  summary: 'A rule that a new label or a change of order breaks.',
  why: '`topk` picks other series at each evaluation, so an alert flaps; sides that are aggregated `without` labels stop matching when a target gets a label.',
  fix: 'Compare with a bound instead of taking the largest; aggregate both sides `by` the same labels.',
  bad: 'topk(3, queue_depth) > 100',
  messages: ({ nodes, use }) => {
    if (use === 'panel') return [];
    const choosing = nodes.some(
      ({ kind, text }) => kind === 'AggregateOp' && /^(topk|bottomk|limit)/.test(text),
    );
    const loose = nodes
      .filter((node) => node.kind === 'BinaryExpr')
      .some((node) => {
        const { left, right, between } = operandsOf(node);
        const matched = between.some(({ kind }) => kind === 'MatchingModifierClause');
        return !matched && [left, right].every((side) => side.text.includes('without'));
      });
    return [
      ...(choosing ? ['it fires for whichever series are the largest'] : []),
      ...(loose ? ['its sides match by whatever labels are left'] : []),
    ];
  },
});

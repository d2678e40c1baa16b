import { panelCheck } from './subject.ts';

export const targets = panelCheck({
  name: 'panel-no-targets',
  summary: 'A panel without a query.',
  why: 'It stays empty for ever.',
  fix: 'Give it a query, or remove it.',
  bad: { queries: [] },
  messages: ({ queries }) =>
    queries.some(({ expr }) => expr.trim() !== '') ? [] : ['it asks nothing'],
});

import { panelCheck } from './subject.ts';

export const title = panelCheck({
  name: 'panel-title-description',
  summary:
    'A panel or a dashboard without a readable title or without a sentence that says what it shows.',
  why: 'Who did not build it does not know what a line that rises means.',
  fix: 'Write a title, and a description that ends with a full stop; the help of a signal is one.',
  bad: { description: '' },
  messages: (panel, _subject, board) => [
    ...(panel.title === '' ? ['it has no title'] : []),
    ...(/^(?!p\d)[^\p{Lu}\d]/u.test(panel.title) ? ['its title begins small'] : []),
    ...(panel.description.endsWith('.') ? [] : ['its description is no sentence']),
    ...(board.description.endsWith('.') ? [] : ['the description of its dashboard is no sentence']),
  ],
});

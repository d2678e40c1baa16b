import { writtenCheck } from './subject.ts';

export const editable = writtenCheck({
  name: 'board-editable',
  summary: 'A dashboard that can be saved by hand.',
  why: 'The next `apply` overwrites what somebody improved.',
  fix: 'Leave it read-only, as the writers do; change the code, or save a copy.',
  bad: { editable: true },
  messages: (written) => (written.editable === false ? [] : ['it can be saved by hand']),
});

import { boardCheck } from './subject.ts';

export const link = boardCheck({
  name: 'board-link',
  summary: 'A link to a dashboard, or to a variable of one, that is not there.',
  why: 'Who follows it in an incident finds an error or the wrong service.',
  fix: 'Take the name from `slugs`; pass only variables that the other dashboard has.',
  bad: { links: [{ title: 'Gone', url: '/d/gone?var-service=order' }] },
  messages: ({ links, rows }, { boards }) => {
    const panels = rows.flatMap((row) => row.panels);
    const all = [...links, ...panels.flatMap((panel) => panel.links ?? [])];
    return all.flatMap(({ url }) => {
      const slug = /^\/d\/([\w-]+)/.exec(url)?.[1];
      if (slug === undefined) return [];
      const other = boards.find((board) => board.slug === slug);
      if (other === undefined) return [`there is no dashboard ${slug}`];
      return [...url.matchAll(/[?&]var-(\w+)=/g)]
        .flatMap(([, name]) => name ?? [])
        .filter((name) => !other.variables.some((variable) => variable.name === name))
        .map((name) => `${slug} has no variable ${name}`);
    });
  },
});

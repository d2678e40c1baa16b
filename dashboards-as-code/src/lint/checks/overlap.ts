import { writtenCheck } from './subject.ts';
import type { Written } from './subject.ts';

const columns = 24;
const at = (x: number, y: number) => ({
  type: 'timeseries',
  title: `${x}, ${y}`,
  gridPos: { x, y, w: 12, h: 8 },
});

export const overlap = writtenCheck({
  name: 'panel-overlap',
  summary: 'Panels that lie on each other or stick out of the grid.',
  why: 'Grafana moves them when it loads the dashboard: nobody sees what was built.',
  fix: 'Let `place` of packages/grafana lay panels out; give them a width of at most 24.',
  bad: { panels: [at(0, 0), at(6, 4)] },
  messages: ({ panels = [] }) =>
    panels.flatMap((panel, index) => {
      const place = panel.gridPos;
      if (place === undefined) return [`${panel.title} has no place`];
      const out = place.x < 0 || place.x + place.w > columns;
      return [
        ...(out ? [`${panel.title} sticks out`] : []),
        ...panels
          .slice(index + 1)
          .filter((other) => other.gridPos !== undefined && meet(place, other.gridPos))
          .map((other) => `${panel.title} lies on ${other.title}`),
      ];
    }),
});

type Place = NonNullable<NonNullable<Written['panels']>[number]['gridPos']>;

const meet = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

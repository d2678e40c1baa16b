import { createHash } from 'node:crypto';
import { SproutError } from '@sprout/process';
import type { DashboardModel, PanelModel } from './model.ts';

/** A panel with a name and a number that stay when panels around it come and go. */
export interface IdentifiedPanel {
  readonly panel: PanelModel;
  /** `row-title-panel-title`, as a slug. */
  readonly name: string;
  /** Never 0, which Grafana takes for "not found". */
  readonly id: number;
}

/** Ids fit in 31 bits. */
const idMax = 0x7fff_ffff;

/**
 * The panels of a dashboard by row, with ids hashed from their names.
 * Throws SproutError `DASHBOARD_INVALID` when two panels would share one.
 */
export function identify({ slug, rows }: DashboardModel): IdentifiedPanel[][] {
  const seen = new Map<number, string>();
  return rows.map((row) =>
    row.panels.map((panel) => {
      const name = slugOf(`${row.title} ${panel.title}`);
      const id = idOf(`${slug}/${name}`);
      const other = seen.get(id);
      if (other !== undefined) {
        throw new SproutError('DASHBOARD_INVALID', `${slug}: two panels are called "${name}"`, {
          hint: 'give panels of one row different titles',
        });
      }
      seen.set(id, name);
      return { panel, name, id };
    }),
  );
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function idOf(name: string): number {
  const hash = createHash('sha256').update(name).digest().readUInt32BE(0);
  return (hash % idMax) + 1;
}

import { z } from 'zod';

const may = z.enum(['view', 'edit', 'admin']);

/** Who may do what in a folder: a team of Grafana by its name, or everybody of a role. */
const grant = z.union([
  z.strictObject({ team: z.string().min(1), may }),
  z.strictObject({ role: z.enum(['Viewer', 'Editor']), may }),
]);

/** What is set in Grafana besides dashboards and alerts. */
export const grafanaSchema = z.object({
  /** By folder, for example `sprout-services`; a folder that is not named keeps what it has. */
  folders: z
    .record(
      z.string().regex(/^sprout(-[a-z]+)*$/, 'name a folder of Sprout'),
      z.array(grant).min(1),
    )
    .default({}),
});

export type GrafanaInput = z.input<typeof grafanaSchema>;

export { datasourceOf, isInstant } from './model.ts';
export type * from './model.ts';
export { dashboardFileSchema, dashboardModelSchema } from './schema.ts';
export type { DashboardFile } from './schema.ts';

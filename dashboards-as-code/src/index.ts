export { dashboards } from './dashboards/all.ts';
export type { Dashboard } from './dashboards/dashboard.ts';
export { dashboardQueries, queriesFor } from './queries.ts';
export type { DashboardQuery } from './queries.ts';

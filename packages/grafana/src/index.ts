export { classicDashboard } from './classic/dashboard.ts';
export type { Change, GrafanaClient, ResourceId } from './client.ts';
export { identify } from './model/identity.ts';
export type { IdentifiedPanel } from './model/identity.ts';
export { prometheusVariable } from './model/model.ts';
export type {
  DashboardModel,
  LinkModel,
  PanelModel,
  QueryModel,
  RowModel,
  ThresholdModel,
  Unit,
  VariableModel,
} from './model/model.ts';
export { place } from './model/placement.ts';
export { manager } from './resource.ts';
export type { GrafanaResource } from './resource.ts';
export { dashboardManifest } from './v2/dashboard.ts';

export {
  integrationUid,
  receiverResource,
  templateGroupResource,
  timeIntervalResource,
} from './alerting/contact.ts';
export type { IntegrationModel } from './alerting/contact.ts';
export type { MuteTimeModel } from './alerting/mute-time.ts';
export { inhibitionResource } from './alerting/inhibition.ts';
export type { InhibitionModel } from './alerting/inhibition.ts';
export { provisioningGroup } from './alerting/provisioning.ts';
export {
  provisioningContactPoints,
  provisioningMuteTiming,
  provisioningTemplate,
} from './alerting/provisioning-contact.ts';
export type {
  NotifyModel,
  PanelReference,
  RuleGroupModel,
  RuleModel,
  RuleOptions,
} from './alerting/rule.ts';
export { routingTreeResource } from './alerting/routing-tree.ts';
export type { RouteModel } from './alerting/routing-tree.ts';
export { ruleResources } from './alerting/rule-resource.ts';
export { withSecrets } from './alerting/with-secrets.ts';
export { classicDashboard } from './classic/dashboard.ts';
export { createGrafanaClient } from './client/client.ts';
export type { GrafanaClient, GrafanaOptions } from './client/client.ts';
export { folder, inFolder, inFolders } from './folder.ts';
export type { FolderModel } from './folder.ts';
export { identify } from './model/identity.ts';
export type { IdentifiedPanel } from './model/identity.ts';
export { datasourceOf, isInstant } from './model/model.ts';
export type {
  AnnotationModel,
  Color,
  DashboardModel,
  LinkModel,
  PanelModel,
  QueryModel,
  QuerySource,
  RowModel,
  StateModel,
  ThresholdModel,
  Unit,
  VariableModel,
  View,
} from './model/model.ts';
export { folderPermissions } from './permissions/resource.ts';
export type { FolderGrant } from './permissions/resource.ts';
export { place } from './model/placement.ts';
export { apply } from './plan/apply.ts';
export type { Applied, FailedChange } from './plan/apply.ts';
export { differences } from './plan/difference.ts';
export type { Difference } from './plan/difference.ts';
export { drift } from './plan/drift.ts';
export type { Drift } from './plan/drift.ts';
export { plan } from './plan/plan.ts';
export type { Change } from './plan/plan.ts';
export { isOurs, manager } from './resource.ts';
export type { GrafanaResource, ResourceId, ResourceKind, StoredResource } from './resource.ts';
export { dashboardManifest } from './v2/dashboard.ts';

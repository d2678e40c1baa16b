/** What the API answers, for those who ask it: schemas, and types without them. */
export * from './schemas.ts';
export { dashboardListSchema } from './dashboard-routes.ts';
export type { DashboardList } from './dashboard-routes.ts';
export { groupListSchema } from './groups.ts';
export type { GroupAnswer, GroupList } from './groups.ts';
export { annotationListSchema } from '../annotations/annotation.ts';
export type { Annotation, AnnotationList } from '../annotations/annotation.ts';
export { exclusionListSchema } from '../exclusions/exclusion.ts';
export type { Exclusion, ExclusionInput, ExclusionList } from '../exclusions/exclusion.ts';
export { incidentListSchema } from '../incidents/incident.ts';
export type { Incident, IncidentList, Reliability } from '../incidents/incident.ts';
export { reportSchema } from '../report/report.ts';
export type { Report, ReportDay } from '../report/report.ts';
export { whatIfSchema } from '../status/what-if.ts';
export type { WhatIf } from '../status/what-if.ts';
export { versionListSchema } from '../versions/version.ts';
export type { VersionList } from '../versions/version.ts';

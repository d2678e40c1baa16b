/** A rule as Prometheus would be given it; both forms that Grafana takes are made of it. */
export type RuleModel = {
  /** Unique among ours; becomes the UID, so a rule keeps its history when others come and go. */
  readonly key: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
} & (
  | {
      readonly kind: 'alert';
      readonly title: string;
      readonly forSeconds: number;
      readonly annotations: Readonly<Record<string, string>>;
      /** Without, the user's own notification policies decide. */
      readonly notify?: NotifyModel;
      /** Where it is seen. */
      readonly panel?: PanelReference;
    }
  | { readonly kind: 'recording'; readonly metric: string }
);

/** A panel by the dashboard it stands on. */
export interface PanelReference {
  readonly dashboardUid: string;
  readonly panelId: number;
}

/** Whom an alert tells, and when. */
export interface NotifyModel {
  /** Title of a contact point. */
  readonly receiver: string;
  /** Labels whose alerts are told together; Grafana adds the folder and `alertname`. */
  readonly groupBy: readonly string[];
  readonly muteTimings: readonly string[];
  readonly groupWaitSeconds: number;
  readonly groupIntervalSeconds: number;
  readonly repeatSeconds: number;
}

/** Rules that are evaluated at the same interval. */
export interface RuleGroupModel {
  readonly name: string;
  readonly intervalSeconds: number;
  readonly rules: readonly RuleModel[];
}

/** The data source that rules read, the one that recordings are written to, and who routes. */
export interface RuleOptions {
  readonly datasourceUid: string;
  readonly targetDatasourceUid: string;
  /** A tree of policies; without it each rule names its contact point. The older API knows none. */
  readonly routingTree?: string;
}

/** A rule that tells people. */
export type AlertModel = Extract<RuleModel, { kind: 'alert' }>;

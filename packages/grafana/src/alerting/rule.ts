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
    }
  | { readonly kind: 'recording'; readonly metric: string }
);

/** Rules that are evaluated at the same interval. */
export interface RuleGroupModel {
  readonly name: string;
  readonly intervalSeconds: number;
  readonly rules: readonly RuleModel[];
}

/** The data source that rules read, and that recordings are written to. */
export interface RuleOptions {
  readonly datasourceUid: string;
  readonly targetDatasourceUid: string;
  /** Names of contact points by the value of `severity`. */
  readonly receivers: Readonly<Record<string, string>>;
  /** Names of mute timings by the value of `severity`. */
  readonly muteTimings: Readonly<Record<string, readonly string[]>>;
  readonly groupBy: readonly string[];
}

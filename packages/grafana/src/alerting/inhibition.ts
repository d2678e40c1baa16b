import { manager } from '../resource.ts';
import type { GrafanaResource } from '../resource.ts';
import { notificationsApi } from './contact.ts';
import { matcher } from './matcher.ts';
import { uidOf } from './uid.ts';

/** While an alert matches the sources, those that match the targets tell nobody. */
export interface InhibitionModel {
  /** As Alertmanager writes them: `severity="page"`, `alertname=~"A|B"`. */
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels in which both must agree. */
  readonly equal?: readonly string[];
}

/**
 * An inhibition rule of Grafana 13. Grafana keeps it in any case, and applies it only where its
 * feature `alertingMultiplePolicies` is on.
 */
export function inhibitionResource(rule: InhibitionModel): GrafanaResource {
  const { source_matchers: sources, target_matchers: targets, equal } = rule;
  return {
    apiVersion: notificationsApi,
    kind: 'InhibitionRule',
    metadata: { name: uidOf(JSON.stringify([sources, targets])), annotations: manager },
    spec: {
      source_matchers: sources.map(matcher),
      target_matchers: targets.map(matcher),
      ...(equal !== undefined && { equal }),
    },
  };
}

import type { z } from 'zod';
import {
  alertRuleSpec,
  inhibitionRuleSpec,
  receiverSpec,
  recordingRuleSpec,
  routingTreeSpec,
  templateGroupSpec,
  timeIntervalSpec,
} from '../alerting/schema.ts';

/** What alerting refuses, by plural of the kind. */
export const alertingSpecs: Readonly<Record<string, z.ZodType>> = {
  alertrules: alertRuleSpec,
  recordingrules: recordingRuleSpec,
  receivers: receiverSpec,
  timeintervals: timeIntervalSpec,
  inhibitionrules: inhibitionRuleSpec,
  routingtrees: routingTreeSpec,
  templategroups: templateGroupSpec,
};

/** Settings that Grafana keeps apart and never gives back. */
const hidden = new Set(['url', 'integrationKey', 'authorization_credentials', 'token']);

/** The annotations that alerting keeps: of rules the folder, and none of what it tells people. */
export const keptAnnotations = (
  plural: string,
  annotations: Readonly<Record<string, string>>,
): Record<string, string> =>
  plural in alertingSpecs
    ? Object.fromEntries(
        Object.entries(annotations).filter(
          ([key]) => key === 'grafana.app/folder' && plural.endsWith('rules'),
        ),
      )
    : { ...annotations };

/** What Grafana makes of a spec: zero values for what is left out, secrets taken away. */
export function keptAlertingSpec(
  plural: string,
  spec: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const copy = structuredClone(spec);
  if (plural === 'alertrules') return withoutZero({ paused: false, keepFiringFor: '0s', ...copy });
  if (plural === 'recordingrules') return { paused: false, ...copy };
  if (plural === 'receivers') return withoutSecrets(copy);
  return copy;
}

/** A rule that does not wait has no `for` when it is read back. */
function withoutZero({ for: waits, ...spec }: Record<string, unknown>): Record<string, unknown> {
  return waits === undefined || waits === '0s' ? spec : { ...spec, for: waits };
}

function withoutSecrets(spec: Record<string, unknown>): Record<string, unknown> {
  const { integrations } = receiverSpec.parse(spec);
  return {
    ...spec,
    integrations: integrations.map((integration) => ({
      disableResolveMessage: false,
      ...integration,
      settings: Object.fromEntries(
        Object.entries(integration.settings).filter(
          ([name]) => integration.secureFields?.[name] !== true || !hidden.has(name),
        ),
      ),
    })),
  };
}

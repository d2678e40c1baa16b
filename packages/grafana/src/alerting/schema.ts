import { z } from 'zod';

/**
 * What Grafana takes, written from its documentation and the schemas of its alerting apps
 * (https://grafana.com/docs/grafana/latest/developers/http_api/alerting_provisioning/,
 * `apps/alerting/{rules,notifications}/kinds` of grafana/grafana). Tests and the stand-in hold
 * everything we send against them.
 */
const duration = z.string().regex(/^((\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?|0)$/);
const text = z.string().optional();
const texts = z.record(z.string(), z.string());
const datasourceUid = z.string().regex(/^[a-zA-Z0-9_-]+$/);
const metric = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
const model = z.looseObject({ refId: z.string() });

/** Grafana refuses a rule that names a dashboard without a panel, or the other way round. */
const annotations = texts.refine(
  ({ __dashboardUid__: board, __panelId__: panel }) =>
    (board === undefined) === (panel === undefined) &&
    (panel === undefined || /^[1-9]\d*$/.test(panel)),
  '__dashboardUid__ and __panelId__ belong together',
);

const rule = {
  title: z.string().min(1).max(190),
  paused: z.boolean().optional(),
  trigger: z.strictObject({ interval: duration }),
  labels: texts.optional(),
  expressions: z
    .record(
      z.string(),
      z.strictObject({
        queryType: z.string().optional(),
        relativeTimeRange: z.strictObject({ from: duration, to: duration }).optional(),
        datasourceUID: datasourceUid.optional(),
        model,
        source: z.boolean().optional(),
      }),
    )
    .refine((steps) => Object.values(steps).filter(({ source }) => source === true).length === 1),
};

export const alertRuleSpec = z.strictObject({
  ...rule,
  annotations: annotations.optional(),
  panelRef: z
    .strictObject({ dashboardUID: datasourceUid, panelID: z.number().int().positive() })
    .optional(),
  for: duration.optional(),
  keepFiringFor: duration.optional(),
  missingSeriesEvalsToResolve: z.number().int().min(0).optional(),
  noDataState: z.enum(['NoData', 'Ok', 'Alerting', 'KeepLast']),
  execErrState: z.enum(['Error', 'Ok', 'Alerting', 'KeepLast']),
  notificationSettings: z
    .discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('SimplifiedRouting'),
        receiver: z.string().min(1),
        groupBy: z.array(z.string()).optional(),
        groupWait: duration.optional(),
        groupInterval: duration.optional(),
        repeatInterval: duration.optional(),
        muteTimeIntervals: z.array(z.string()).optional(),
      }),
      z.strictObject({ type: z.literal('NamedRoutingTree'), routingTree: z.string().min(1) }),
    ])
    .optional(),
});

export const recordingRuleSpec = z.strictObject({
  ...rule,
  metric,
  targetDatasourceUID: datasourceUid,
});

/** Grafana's own names for the parts of an interval; the SDK's are others and are refused. */
export const timeIntervalSpec = z.strictObject({
  name: z.string().min(1),
  time_intervals: z.array(
    z.strictObject({
      times: z.array(z.strictObject({ start_time: z.string(), end_time: z.string() })).optional(),
      weekdays: z.array(z.string()).optional(),
      location: z.string().optional(),
    }),
  ),
});

const matcher = z.strictObject({
  type: z.enum(['=', '!=', '=~', '!~']),
  label: z.string().min(1),
  value: z.string(),
});

export const inhibitionRuleSpec = z.strictObject({
  source_matchers: z.array(matcher).optional(),
  target_matchers: z.array(matcher).optional(),
  equal: z.array(z.string()).optional(),
});

const grouping = {
  group_by: z.array(z.string()).optional(),
  group_wait: duration.optional(),
  group_interval: duration.optional(),
  repeat_interval: duration.optional(),
};

export const routingTreeSpec = z.strictObject({
  defaults: z.strictObject({ receiver: z.string().min(1), ...grouping }),
  routes: z.array(
    z.strictObject({
      receiver: z.string().optional(),
      matchers: z.array(matcher).optional(),
      continue: z.boolean(),
      mute_time_intervals: z.array(z.string()).optional(),
      ...grouping,
    }),
  ),
});

const settings = {
  email: z.strictObject({ addresses: z.string(), subject: text, message: text }),
  slack: z.strictObject({ recipient: z.string(), title: text, text, url: text }),
  pagerduty: z.strictObject({
    severity: text,
    summary: text,
    details: texts.optional(),
    url: text,
    integrationKey: text,
  }),
  webhook: z.strictObject({
    url: z.string(),
    httpMethod: z.enum(['POST', 'PUT']).optional(),
    title: text,
    message: text,
    authorization_credentials: text,
  }),
};

const integrationOf = <const T extends keyof typeof settings>(type: T) =>
  z.strictObject({
    uid: z.string(),
    type: z.literal(type),
    version: z.literal('v1'),
    disableResolveMessage: z.boolean().optional(),
    settings: settings[type],
    secureFields: z.record(z.string(), z.boolean()).optional(),
  });

export const receiverSpec = z.strictObject({
  title: z.string().min(1),
  integrations: z.array(
    z.discriminatedUnion('type', [
      integrationOf('email'),
      integrationOf('slack'),
      integrationOf('pagerduty'),
      integrationOf('webhook'),
    ]),
  ),
});

export const templateGroupSpec = z.strictObject({
  title: z.string().min(1),
  content: z.string().min(1),
  kind: z.enum(['grafana', 'mimir']),
});

/** The bodies of contact points, mute timings and templates of the provisioning API. */
export const provisioningBodies = {
  'contact-points': z.strictObject({
    uid: z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/),
    name: z.string().min(1),
    type: z.enum(['email', 'slack', 'pagerduty', 'webhook']),
    disableResolveMessage: z.boolean().optional(),
    settings: z.record(z.string(), z.unknown()),
  }),
  'mute-timings': timeIntervalSpec,
  templates: z.strictObject({ template: z.string().min(1) }),
};

/** The body of a rule group of the provisioning API. */
export const provisioningGroupBody = z.strictObject({
  title: z.string().min(1),
  folderUid: z.string(),
  interval: z.number().int().min(10),
  rules: z.array(
    z.strictObject({
      uid: z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/),
      title: z.string().min(1).max(190),
      folderUID: z.string(),
      ruleGroup: z.string(),
      labels: texts,
      annotations: annotations.optional(),
      isPaused: z.boolean(),
      condition: z.string().optional(),
      for: duration.optional(),
      noDataState: z.enum(['NoData', 'OK', 'Alerting', 'KeepLast']).optional(),
      execErrState: z.enum(['Error', 'OK', 'Alerting', 'KeepLast']).optional(),
      missing_series_evals_to_resolve: z.number().int().min(1).optional(),
      notification_settings: z
        .strictObject({
          receiver: z.string(),
          group_by: z.array(z.string()).optional(),
          group_wait: duration.optional(),
          group_interval: duration.optional(),
          repeat_interval: duration.optional(),
          mute_time_intervals: z.array(z.string()).optional(),
        })
        .optional(),
      record: z
        .strictObject({ metric, from: z.string(), target_datasource_uid: datasourceUid })
        .optional(),
      data: z
        .array(
          z.strictObject({
            refId: z.string(),
            datasourceUid: z.string(),
            relativeTimeRange: z.strictObject({ from: z.number(), to: z.number() }),
            model,
          }),
        )
        .min(1),
    }),
  ),
});

import { z } from 'zod';

/** A file that holds a secret; never the secret itself. */
const secretFile = z.string().min(1);

const receiver = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), url: z.url(), tokenFile: secretFile.optional() }),
  z.object({ kind: z.literal('slack'), channel: z.string(), urlFile: secretFile }),
  z.object({
    kind: z.literal('email'),
    to: z.array(z.string()).min(1),
    from: z.string(),
    /** `host:port` of the server that takes mail. */
    smarthost: z.string().regex(/^[^:\s]+:\d+$/, 'write host:port'),
    username: z.string().optional(),
    passwordFile: secretFile.optional(),
    requireTls: z.boolean().default(true),
  }),
  z.object({
    kind: z.literal('pagerduty'),
    routingKeyFile: secretFile,
    /** Its Events API where it is not that of the United States, for example that of the EU. */
    url: z.url().optional(),
  }),
]);

/** When tickets and notes wait; pages never do. */
const muteTime = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  zone: z.string(),
  /** `monday:friday`, `saturday` …; every day without. */
  weekdays: z.array(z.string()).optional(),
  /** `HH:MM` on the clock of the zone; the whole day without. */
  times: z
    .array(
      z.object({
        from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
        to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/),
      }),
    )
    .optional(),
});

/** What alerts say, to whom, and when they wait. */
export const alertsSchema = z.object({
  /** Language of summaries, impacts, first steps and notifications. */
  language: z.enum(['en', 'ko']).default('en'),
  /** Becomes the label `env` of every alert, for example `production`. */
  environment: z.string().optional(),
  /** Who is told, by severity, beside the SLO service, which keeps the history. */
  receivers: z
    .array(
      z.object({
        name: z.string().regex(/^[a-z][a-z0-9-]*$/),
        severities: z.array(z.enum(['page', 'ticket', 'info'])).min(1),
        /** Only alerts of these teams; of all without. */
        teams: z.array(z.string()).optional(),
        to: receiver,
      }),
    )
    .default([]),
  /** Times in which tickets and notes are not sent; they are sent when it ends, if they still hold. */
  muteTimes: z.array(muteTime).default([]),
  /** For alerting that Grafana manages: UIDs of data sources, and where it is. */
  grafana: z
    .object({
      datasourceUid: z.string().default('prometheus'),
      /** Where recordings are written; it must accept remote write. */
      recordingDatasourceUid: z.string().default('prometheus'),
      /**
       * Groups alerts as Alertmanager does, by a tree of notification policies of our own; only where
       * Grafana's feature `alertingMultiplePolicies` is on.
       */
      ownPolicies: z.boolean().default(false),
      /** A Grafana whose alerts planned exclusions silence, as they do those of Alertmanager. */
      silences: z.object({ url: z.url(), tokenFile: secretFile }).optional(),
    })
    .prefault({}),
  /** Pinged while everything works, so that somebody outside notices silence. */
  deadMansSwitch: z.object({ url: z.url(), tokenFile: secretFile.optional() }).optional(),
});

export type AlertsConfig = z.infer<typeof alertsSchema>;
/** The section as it is written: what has a default may be left out. */
export type AlertsInput = z.input<typeof alertsSchema>;

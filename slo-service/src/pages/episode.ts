import { createHash } from 'node:crypto';
import type { Page } from '../api/schemas.ts';
import { languages } from '../language/language.ts';
import type { Language } from '../language/language.ts';
import type { Webhook, WebhookAlert } from './webhook.ts';

/** A page as it is kept, with the group of Alertmanager it belongs to. */
export interface PageRecord {
  readonly groupKey: string;
  readonly page: Page;
  /** What it says in a language, as far as its alert does. */
  readonly said?: Said | undefined;
}

export type PageTexts = Required<Pick<Page, 'title' | 'summary' | 'impact' | 'firstStep'>>;
export type Said = Partial<Record<Language, PageTexts | undefined>>;

/** A page in a language; what its alert does not say in it is said as it came. */
export function pageIn({ page, said }: PageRecord, language: Language): Page {
  return { ...page, ...said?.[language] };
}

/** Notifications remembered for one page; the first and the latest ones are kept. */
export const notificationsMax = 200;

/**
 * What a notification makes of its group's firing page. Undefined when nothing fired and
 * nothing does. A page lasts from the first alert of a group until all of them are resolved;
 * when the group fires again, that is another page.
 */
export function applyNotification(
  firing: PageRecord | undefined,
  webhook: Webhook,
  nowMs: number,
): PageRecord | undefined {
  if (firing === undefined && webhook.status === 'resolved') return undefined;
  const page = firing?.page ?? newPage(webhook, nowMs);
  const active = webhook.alerts.filter(({ status }) => status === 'firing');
  return {
    groupKey: webhook.groupKey,
    said: active.length === 0 ? firing?.said : saidBy(active),
    page: {
      ...page,
      ...(active.length === 0 ? {} : textsOf(active)),
      status: webhook.status,
      endedAt: webhook.status === 'resolved' ? endOf(webhook, nowMs) : null,
      objectives: mergeObjectives(page.objectives, webhook.alerts),
      notifications: remember(page.notifications, {
        at: new Date(nowMs).toISOString(),
        status: webhook.status,
      }),
    },
  };
}

function newPage(webhook: Webhook, nowMs: number): Page {
  const startedMs = Math.min(nowMs, ...webhook.alerts.map(({ startsAt }) => Date.parse(startsAt)));
  const startedAt = new Date(startedMs).toISOString();
  const hash = createHash('sha256').update(`${webhook.groupKey} ${startedAt}`).digest('hex');
  return {
    id: hash.slice(0, 12),
    ...textsOf(webhook.alerts),
    status: 'firing',
    startedAt,
    endedAt: null,
    objectives: [],
    budgetSpent: [],
    exampleTrace: null,
    notifications: [],
  };
}

const severities = ['page', 'ticket', 'info'] as const;
type Severity = (typeof severities)[number];

/** A page speaks with the words of its most severe alert. */
function textsOf(alerts: readonly WebhookAlert[]) {
  const worst = worstOf(alerts);
  const { labels = {}, annotations = {} } = worst ?? {};
  const name = labels['alertname'] ?? 'alert';
  return {
    severity: worst === undefined ? 'info' : severityOf(worst),
    pageGroup: labels['page_group'] ?? name,
    title: annotations['summary'] ?? name,
    summary: annotations['description'] ?? '',
    impact: annotations['impact'] ?? '',
    firstStep: annotations['first_step'] ?? null,
    dashboardUrl: annotations['dashboard_url'] ?? null,
    runbookUrl: annotations['runbook_url'] ?? null,
  } satisfies Partial<Page>;
}

function worstOf(alerts: readonly WebhookAlert[]): WebhookAlert | undefined {
  const rank = (alert: WebhookAlert) => severities.indexOf(severityOf(alert));
  return alerts.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** Alerts carry their texts in other languages beside those of the notification. */
function saidBy(alerts: readonly WebhookAlert[]): Said {
  const { summary, impact, firstStep } = textsOf(alerts);
  const { annotations = {} } = worstOf(alerts) ?? {};
  const said = languages.flatMap((language) => {
    const title = annotations[`summary_${language}`];
    if (title === undefined) return [];
    const texts = {
      title,
      summary: annotations[`description_${language}`] ?? summary,
      impact: annotations[`impact_${language}`] ?? impact,
      firstStep: annotations[`first_step_${language}`] ?? firstStep,
    };
    return [[language, texts] as const];
  });
  return Object.fromEntries(said);
}

/** Alerts of foreign rules may have other severities; they are no reason to wake somebody. */
function severityOf({ labels }: WebhookAlert): Severity {
  return severities.find((severity) => severity === labels['severity']) ?? 'info';
}

/** Objectives stay on the page when their alert ends earlier; figures are the latest ones. */
function mergeObjectives(
  known: Page['objectives'],
  alerts: readonly WebhookAlert[],
): Page['objectives'] {
  const byId = new Map(known.map((objective) => [objective.id, objective]));
  for (const { labels, annotations, status } of alerts) {
    const id = labels['objective'];
    if (id === undefined || (status === 'resolved' && byId.has(id))) continue;
    byId.set(id, {
      id,
      burnRate: numberOf(annotations['burn_rate']),
      threshold: numberOf(annotations['threshold']),
      window: annotations['window'] ?? null,
    });
  }
  return [...byId.values()];
}

function numberOf(text: string | undefined): number | null {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : null;
}

function endOf({ alerts }: Webhook, nowMs: number): string {
  const ends = alerts.map(({ endsAt }) => Date.parse(endsAt ?? ''));
  const known = ends.filter((end) => end > 0 && end <= nowMs);
  return new Date(known.length > 0 ? Math.max(...known) : nowMs).toISOString();
}

function remember<T>(list: readonly T[], item: T): T[] {
  if (list.length < notificationsMax) return [...list, item];
  return [...list.slice(0, 1), ...list.slice(2), item];
}

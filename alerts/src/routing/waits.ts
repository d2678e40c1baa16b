/**
 * When and how people are told together; seconds before time compression, the same for Alertmanager and for
 * Grafana.
 */

/**
 * All alerts of a group are about one fault, and those that see it in the same evaluation are
 * there within a second or two: 5 s make them one notification. Half a minute, which is usual where
 * groups are wide, would be half a minute of an outage.
 */
export const groupWaitSeconds = 5;

/**
 * What joins a group later, and its end, are told within 10 s: few alerts share a `page_group`, so
 * this does not become noise, and the history of the SLO service has true times. Usual are 5 minutes.
 */
export const groupIntervalSeconds = 10;

/** Alerts of one page group and severity are one notification: one fault is one page. */
export const groupBy: readonly string[] = ['page_group', 'severity'];

/** A page is repeated sooner than what can wait. */
export const repeatSeconds = { page: 4 * 3600, waiting: 24 * 3600 };

/** Whoever waits for the dead man's switch hears from it every minute. */
export const watchdogRepeatSeconds = 60;

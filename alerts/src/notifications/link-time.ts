/**
 * Links of annotations show the last hour, which is right when an alert has just fired and wrong
 * when somebody opens its notification a day later. Only a notification knows when its alert began,
 * so that its template puts the time in: from an hour before the start until the end, or now.
 *
 * `printf`, `reReplaceAll` and the methods of Go's times are all that is needed; Alertmanager and
 * Grafana have them (https://prometheus.io/docs/alerting/latest/notifications/,
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/template-notifications/reference/).
 */
const hourNanoseconds = 3_600_000_000_000;
const iso = '"2006-01-02T15:04:05Z"';

/** Sets, where an alert is the dot, the ends of its time as Grafana and as the console read them. */
export const linkTimes = [
  `{{ $begin := .StartsAt.UTC.Add -${hourNanoseconds} }}`,
  '{{ $to := "now" }}{{ $toIso := "now" }}',
  '{{ if eq .Status "resolved" }}',
  '{{ $to = printf "%d" .EndsAt.UnixMilli }}',
  `{{ $toIso = .EndsAt.UTC.Format ${iso} }}`,
  '{{ end }}',
].join('');

/** Pipes a link through what puts those times in place of the last hour, however it is encoded. */
export const inTime = [
  '',
  'reReplaceAll "(from=|from%22%3A%22)now-1h" (printf "${1}%d" $begin.UnixMilli)',
  'reReplaceAll "(to=|to%22%3A%22)now" (printf "${1}%s" $to)',
  `reReplaceAll "range=1h" (printf "from=%s&to=%s" ($begin.Format ${iso}) $toIso)`,
].join(' | ');

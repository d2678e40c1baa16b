import { formatBurnRate } from '@sprout/objectives/figure';
import type { TriedPromise } from '@sprout/slo-service/api';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { minutesFrom } from '../place/minutes-from.ts';
import { windowSeconds } from '../place/range.ts';
import { minuteText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';

type WouldAlertAnswer = NonNullable<TriedPromise['wouldAlert']>;
type Alert = WouldAlertAnswer['alerts'][number];
type Firing = NonNullable<Alert['firings']>[number];

/** When the alerts of a promise would have fired; `id` names the promise whose minutes they are. */
export function WouldAlert(props: {
  readonly of: TriedPromise['wouldAlert'];
  readonly id: string;
  /** Which promise it is, where several are told. */
  readonly name: string;
}) {
  const t = texts();
  const { of, id, name } = props;
  const title = t.wouldAlertTitle(name);
  if (of === null) return <p>{`${title}: ${t.wouldAlertNone}`}</p>;
  const firings = firingsOf(of);
  const blind = of.alerts.filter(({ firings }) => firings === null);
  return (
    <>
      <h3>{title}</h3>
      <p>
        {t.wouldAlertSentence(
          minuteText(of.from),
          minuteText(of.to),
          String(of.pages),
          String(of.tickets),
        )}
      </p>
      {firings.length > 0 ? (
        <DataTable
          caption={title}
          long
          rows={firings}
          rowKey={({ alert, firing }) => `${alert.alert} ${firing.from}`}
          columns={[
            {
              name: t.wouldAlertFrom,
              cell: ({ firing }) => (
                <a
                  href={minutesFrom(id, firing.from)}
                  aria-label={t.minutesOfIncident(minuteText(firing.from))}
                >
                  {minuteText(firing.from)}
                </a>
              ),
            },
            {
              name: t.wouldAlertTo,
              cell: ({ firing }) => (firing.to === null ? t.stillGoingOn : minuteText(firing.to)),
            },
            {
              name: t.wouldAlertWhich,
              cell: ({ alert }) => `${t.severity[alert.severity]}: ${alert.alert}`,
            },
            { name: t.wouldAlertWindows, cell: ({ alert }) => windowsText(alert) },
            {
              name: t.wouldAlertWorst,
              cell: ({ alert, firing }) =>
                `${formatBurnRate(firing.worstBurnRate)} > ${formatBurnRate(alert.threshold)}`,
              number: true,
            },
            { name: t.wouldAlertNotes, cell: ({ firing }) => notes(firing) },
          ]}
        />
      ) : null}
      {of.alerts
        .filter(({ count, firings }) => count > (firings ?? []).length)
        .map(({ alert, count, firings }) => (
          <p class="quiet" key={alert}>
            {t.wouldAlertEarlier(alert, String(count - (firings ?? []).length))}
          </p>
        ))}
      {blind.length > 0 ? (
        <p class="quiet">{t.wouldAlertBlind(blind.map(({ alert }) => alert).join(', '))}</p>
      ) : null}
    </>
  );
}

/** Newest first, whichever alert it is. */
const firingsOf = ({ alerts }: WouldAlertAnswer) =>
  alerts
    .flatMap((alert) => (alert.firings ?? []).map((firing) => ({ alert, firing })))
    .toSorted((a, b) => b.firing.from.localeCompare(a.firing.from));

const windowsText = ({ longWindow, shortWindow }: Alert): string =>
  [longWindow, shortWindow].map((text) => spellSpan(windowSeconds(text), locale())).join(' + ');

function notes({ unmeasuredMinutes, excludedMinutes, simulated, coarse }: Firing): string {
  const t = texts();
  return [
    unmeasuredMinutes > 0 ? t.wouldAlertUnmeasured(String(unmeasuredMinutes)) : '',
    excludedMinutes > 0 ? t.wouldAlertExcluded(String(excludedMinutes)) : '',
    simulated ? t.simulatedBand : '',
    coarse ? t.wouldAlertCoarse : '',
  ]
    .filter(Boolean)
    .join(', ');
}

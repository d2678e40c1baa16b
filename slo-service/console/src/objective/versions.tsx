import { formatTarget } from '@sprout/objectives/figure';
import type { ObjectiveStatus, VersionList } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { locale, texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { FailureNotice } from '../widget/notice.tsx';
import { thresholdText, windowText } from './sentence.ts';

type Version = VersionList['items'][number];

/** What was promised when: history is judged by the promise then in force. */
export function Versions({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const versions = useResource<VersionList>(urls.versions(status.id), 0);
  const items = versions.data?.items ?? [];
  if (items.length < 2) return <FailureNotice of={versions} what={t.whatVersions} />;
  const within = {
    name: t.versionWithin,
    cell: ({ thresholdSeconds: seconds }: Version) =>
      seconds === null ? '–' : thresholdText(seconds, locale()),
    number: true,
  };
  return (
    <>
      <h3>{t.versionsTitle}</h3>
      <p class="quiet">{t.versionsText}</p>
      <DataTable
        caption={t.versionsTitle}
        rows={items.toReversed()}
        rowKey={({ from }) => from ?? ''}
        columns={[
          { name: t.versionSince, cell: ({ from }) => (from === null ? '–' : instantText(from)) },
          { name: t.promisedColumn, cell: ({ target }) => formatTarget(target), number: true },
          ...(items.some(({ thresholdSeconds }) => thresholdSeconds !== null) ? [within] : []),
          { name: t.window, cell: ({ window }) => windowText(window, t, locale()) },
          { name: t.versionBy, cell: ({ by }) => t.versionSource[by] },
        ]}
      />
    </>
  );
}

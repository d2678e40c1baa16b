import { formatTarget } from '@sprout/objectives/figure';
import type { ObjectiveStatus, VersionList } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { locale, texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { FailureNotice } from '../widget/notice.tsx';
import { windowText } from './sentence.ts';

/** What was promised when: history is judged by the promise then in force. */
export function Versions({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const versions = useResource<VersionList>(urls.versions(status.id), 0);
  const items = versions.data?.items ?? [];
  if (items.length < 2) return <FailureNotice of={versions} what={t.whatVersions} />;
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
          { name: t.window, cell: ({ window }) => windowText(window, t, locale()) },
          { name: t.versionBy, cell: ({ by }) => t.versionSource[by] },
        ]}
      />
    </>
  );
}

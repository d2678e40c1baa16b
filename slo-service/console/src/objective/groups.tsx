import { formatBurnRate, formatRatio } from '@sprout/objectives/figure';
import type { GroupAnswer, GroupList, ObjectiveStatus } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { groupName } from '../spent/group-name.ts';
import { DataTable } from '../widget/data-table.tsx';
import type { Column } from '../widget/data-table.tsx';
import { FailureNotice, Pending } from '../widget/notice.tsx';
import { VerdictMark } from '../widget/shape.tsx';

const groupsShown = 50;

/** How each group of a promise stands, least budget left first. */
export function Groups({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const groups = useResource<GroupList>(urls.groups(status.id, groupsShown));
  const list = groups.data;
  return (
    <section class="card" aria-labelledby="groups-title">
      <h2 id="groups-title">{t.groupsTitle}</h2>
      {list ? (
        <>
          <FailureNotice of={groups} what={t.whatGroups} />
          <p class="quiet">
            {t.groupsText(list.groupBy.join(', '), String(list.items.length), String(list.total))}
          </p>
          {list.problem ? (
            <p>
              {list.problem.message} {list.problem.hint}
            </p>
          ) : null}
          <DataTable
            caption={t.groupsTitle}
            rows={list.items}
            rowKey={({ group }) => group}
            columns={groupColumns(status)}
          />
        </>
      ) : (
        <Pending of={groups} what={t.whatGroups} />
      )}
    </section>
  );
}

/** Columns of the groups; a group is measured with its promise, so it is believed as far as that. */
export function groupColumns(
  status: Pick<ObjectiveStatus, 'target' | 'state'>,
): readonly Column<GroupAnswer>[] {
  const t = texts();
  return [
    { name: t.group, cell: ({ labels, group }) => groupName(labels, group) },
    {
      name: t.verdictColumn,
      cell: ({ verdict }) => <VerdictMark verdict={verdict} state={status.state} />,
    },
    {
      name: t.compliance,
      cell: ({ budget }) => formatRatio(judgedBudget(budget).compliance, status.target),
      number: true,
    },
    {
      name: t.budgetLeft,
      cell: ({ budget }) => formatRatio(judgedBudget(budget).leftFraction),
      number: true,
    },
    {
      name: t.burnNow,
      cell: ({ burnRate }) => formatBurnRate(burnRate),
      number: true,
    },
    {
      name: t.bad,
      cell: ({ budget }) => formatCount(judgedBudget(budget).bad, locale()),
      number: true,
    },
  ];
}

import { texts } from '../i18n/language.ts';
import type { Group } from './grouping.ts';
import { BehindRow } from './behind-row.tsx';
import { ObjectiveCard } from './objective-card.tsx';

/** One route: the promises its users feel as cards, and under them what those stand on. */
export function GroupSection({ group }: { readonly group: Group }) {
  const t = texts();
  const name =
    group.route === undefined
      ? t.groupOther(group.key.replace(/^service /, ''))
      : t.groupRoute(group.route);
  const titleId = `group-${group.key.replace(' ', '-')}`;
  return (
    <section class="group" aria-labelledby={titleId}>
      <h2 id={titleId}>{name}</h2>
      <div class="cards">
        {group.promises.map((promised) => (
          <ObjectiveCard key={promised.main.id} {...promised} />
        ))}
      </div>
      {group.behind.length > 0 ? (
        <div class="behind">
          <h3>{t.behind}</h3>
          <ul class="plain">
            {group.behind.map((status) => (
              <BehindRow key={status.id} status={status} />
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../i18n/language.ts';
import { Skeleton } from '../widget/notice.tsx';

/** A page whose code is fetched when it is first wanted. */
export type PageLoader = () => Promise<{
  readonly default: ComponentType<{ readonly id: string }>;
}>;

/** Loads and draws a page; says so when its code cannot be had, for example after an update. */
export function LazyPage({ load, id }: { readonly load: PageLoader; readonly id: string }) {
  const [page, setPage] = useState<{ Page: ComponentType<{ readonly id: string }> }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then(
      (module) => setPage({ Page: module.default }),
      () => setFailed(true),
    );
  }, [load]);
  if (failed) return <Outdated />;
  return page ? <page.Page id={id} /> : <Skeleton lines={6} />;
}

function Outdated() {
  const t = texts();
  return (
    <div class="notice notice-failure" role="alert">
      <div>
        <p class="notice-title">{t.newVersion}</p>
        <button type="button" class="button" onClick={() => window.location.reload()}>
          {t.reload}
        </button>
      </div>
    </div>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import { language, texts } from '../i18n/language.ts';
import { NowPage } from '../now/now-page.tsx';
import { place } from '../place/place.ts';
import { Header } from './header.tsx';
import { Help } from './help.tsx';
import { LazyPage } from './lazy-page.tsx';
import type { PageLoader } from './lazy-page.tsx';
import { routeOfPath } from './route.ts';
import type { Route } from './route.ts';

/** The frame around every page. */
export function App() {
  const t = texts();
  const { path } = place.value;
  const route = routeOfPath(path);
  const main = useMainFocus(path);
  useEffect(() => void (document.documentElement.lang = language.value), [language.value]);
  return (
    <>
      <a class="skip" href="#main">
        {t.skipToContent}
      </a>
      <Header page={route.page} />
      <main id="main" ref={main} tabIndex={-1}>
        <PageOf key={path} route={route} />
      </main>
      <Help />
    </>
  );
}

const lazyPages: Readonly<Record<Exclude<Route['page'], 'now' | 'missing'>, PageLoader>> = {
  objective: () => import('../objective/objective-page.tsx'),
  timeline: () => import('../timeline/timeline-page.tsx'),
  reports: () => import('../report/reports-page.tsx'),
  report: () => import('../report/report-page.tsx'),
  exclusions: () => import('../exclusions/exclusions-page.tsx'),
  draft: () => import('../whatif/draft-page.tsx'),
  'what-if': () => import('../whatif/what-if-page.tsx'),
  alert: () => import('../alert/alert-page.tsx'),
  trace: () => import('../trace/trace-page.tsx'),
  dashboards: () => import('../dashboards/dashboards-page.tsx'),
  dashboard: () => import('../dashboards/board-page.tsx'),
  logs: () => import('../logs/logs-page.tsx'),
};

function PageOf({ route }: { readonly route: Route }) {
  if (route.page === 'now') return <NowPage />;
  if (route.page === 'missing') return <Missing />;
  return <LazyPage load={lazyPages[route.page]} id={'id' in route ? route.id : ''} />;
}

function Missing() {
  const t = texts();
  return (
    <div class="page">
      <h1>{t.notFoundTitle}</h1>
      <p class="lead">{t.notFoundFix}</p>
      <a class="button" href="/">
        {t.backToNow}
      </a>
    </div>
  );
}

/** After a page change the focus starts at the new page, as after a real navigation. */
function useMainFocus(path: string) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
  return main;
}

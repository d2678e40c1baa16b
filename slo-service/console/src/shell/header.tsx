import { chooseLanguage, language, languages, texts } from '../i18n/language.ts';
import { chooseClock, clock } from '../state/clock.ts';
import { chooseTheme, theme } from '../state/theme.ts';
import { Choice } from '../widget/choice.tsx';
import { helpOpen } from './shortcuts.ts';
import type { Route } from './route.ts';

/** Name, pages, and the switches that hold everywhere: clock, language, theme, help. */
export function Header({ page }: { readonly page: Route['page'] }) {
  const t = texts();
  const links = [
    { href: '/', name: t.navNow, pages: ['now', 'objective', 'what-if', 'draft'] },
    { href: '/timeline', name: t.navTimeline, pages: ['timeline', 'alert'] },
    { href: '/report', name: t.navReports, pages: ['reports', 'report'] },
    { href: '/exclusions', name: t.navExclusions, pages: ['exclusions'] },
    { href: '/logs', name: t.navLogs, pages: ['logs', 'trace'] },
    { href: '/dashboards', name: t.navDashboards, pages: ['dashboards', 'dashboard'] },
  ];
  return (
    <header class="header">
      <a class="brand" href="/">
        <img src="/sprout.svg" alt="" width="24" height="24" />
        {t.appName}
      </a>
      <nav aria-label={t.navigation}>
        {links.map(({ href, name, pages }) => (
          <a key={href} href={href} aria-current={pages.includes(page) ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <Switches />
    </header>
  );
}

function Switches() {
  const t = texts();
  return (
    <div class="switches">
      <Choice
        label={t.clock}
        chosen={clock.value}
        onChoose={chooseClock}
        options={[
          { id: 'local', name: t.clockLocal },
          { id: 'utc', name: t.clockUtc },
        ]}
      />
      <Choice
        label={t.language}
        chosen={language.value}
        onChoose={chooseLanguage}
        options={languages.map(({ id, name }) => ({ id, name, lang: id }))}
      />
      <Choice
        label={t.theme}
        chosen={theme.value}
        onChoose={chooseTheme}
        options={[
          { id: 'system', name: t.themeSystem },
          { id: 'light', name: t.themeLight },
          { id: 'dark', name: t.themeDark },
        ]}
      />
      <button
        type="button"
        class="button help-button"
        aria-label={t.help}
        aria-expanded={helpOpen.value}
        onClick={() => (helpOpen.value = true)}
      >
        ?
      </button>
    </div>
  );
}

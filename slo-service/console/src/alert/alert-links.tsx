import type { Page } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { isAddress } from '../widget/address.ts';
import { Runbook } from '../widget/runbook.tsx';
import { inTime } from './in-time.ts';

const aroundMs = 10 * 60_000;

/** Every way from an alert to its cause. */
export function AlertLinks({ page }: { readonly page: Page }) {
  const t = texts();
  const links = [
    page.exampleTrace && { href: paths.trace(page.exampleTrace.traceId), name: t.exampleTrace },
    { href: logsAround(page), name: t.openLogs },
    page.dashboardUrl !== null &&
      isAddress(page.dashboardUrl) && {
        href: inTime(page.dashboardUrl, page),
        name: t.dashboard,
      },
  ].filter((link) => link !== false && link !== null);
  return (
    <section aria-label={t.linksTitle}>
      <p class="links">
        {links.map(({ href, name }) => (
          <a key={name} class="button" href={href} data-row>
            {name}
          </a>
        ))}
        <Runbook url={page.runbookUrl} look="button" />
      </p>
    </section>
  );
}

/** The error logs from ten minutes before the start until ten minutes after it. */
export function logsAround(page: Pick<Page, 'startedAt'>): string {
  const startMs = Date.parse(page.startedAt);
  return paths.logs('{service=~".+"} |= "error"', startMs - aroundMs, startMs + aroundMs);
}

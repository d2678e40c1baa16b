import { texts } from '../i18n/language.ts';
import { isAddress } from './address.ts';

/** The way to a runbook: a link when it has an address, else the file's name. */
export function Runbook({ url, look }: { readonly url: string | null; readonly look?: string }) {
  const t = texts();
  if (url === null) return null;
  if (!isAddress(url)) {
    return (
      <span>
        {t.runbook} <code>{url}</code>
      </span>
    );
  }
  return (
    <a class={look} href={url} data-row={look === 'button'}>
      {t.runbook}
    </a>
  );
}

import { useEffect } from 'preact/hooks';
import { texts } from '../i18n/language.ts';

/** Names the page in the tab and the history. */
export function useTitle(title: string): void {
  const full = `${title} · ${texts().appName}`;
  useEffect(() => void (document.title = full), [full]);
}

import { signal } from '@preact/signals';

const stepMs = 1000;

/** The present, for ages such as "12 s ago"; it moves once a second while the page is visible. */
export const now = signal(Date.now());

/** Starts the clock of the page; call once. */
export function startNow(): void {
  setInterval(() => {
    if (!document.hidden) now.value = Date.now();
  }, stepMs);
}

import { signal } from '@preact/signals';
import { goTo } from '../place/place.ts';
import { toggleClock } from '../state/clock.ts';

/** True while the help lies over the page. */
export const helpOpen = signal(false);

/** What `[` and `]` do on the page that is shown; pages with a range set it. */
export const shiftTime = signal<((direction: -1 | 1) => void) | undefined>(undefined);

/** Listens to the keyboard; call once. Keys with Ctrl, Alt or Meta stay the browser's. */
export function followKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const action = isTyping(event.target) ? typingKeys[event.key] : pageKeys[event.key];
    if (!action || (helpOpen.value && event.key !== '?' && event.key !== 'Escape')) return;
    action();
    event.preventDefault();
  });
}

const leaveField = () => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
};

const typingKeys: Readonly<Record<string, () => void>> = { Escape: leaveField };

const pageKeys: Readonly<Record<string, () => void>> = {
  '/': () => document.querySelector<HTMLElement>('[data-search]')?.focus(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  '[': () => shiftTime.value?.(-1),
  ']': () => shiftTime.value?.(1),
  t: toggleClock,
  '?': () => (helpOpen.value = !helpOpen.value),
  Escape: () => (helpOpen.value = false),
  1: () => goTo('/'),
  2: () => goTo('/timeline'),
  3: () => goTo('/report'),
  4: () => goTo('/exclusions'),
  5: () => goTo('/logs'),
  6: () => goTo('/dashboards'),
};

/** Rows are whatever a page marks with `data-row`: links and buttons that can take the focus. */
function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement;
}

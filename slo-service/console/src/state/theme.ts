import { effect, signal } from '@preact/signals';
import { mentionInUrl, remember, remembered } from './preference.ts';

export type Theme = 'system' | 'light' | 'dark';

/** The chosen theme; `system` follows the operating system. */
export const theme = signal<Theme>(readTheme());

/** True when the page is drawn dark now; charts redraw when it changes. */
export const isDark = signal(false);

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  remember('theme', chosen === 'system' ? null : chosen);
  mentionInUrl('theme', chosen);
}

/** Keeps the document in the chosen theme; call once. */
export function applyTheme(): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const systemDark = signal(system.matches);
  system.addEventListener('change', (event) => (systemDark.value = event.matches));
  effect(() => {
    const { dataset } = document.documentElement;
    if (theme.value === 'system') delete dataset['theme'];
    else dataset['theme'] = theme.value;
    isDark.value = theme.value === 'system' ? systemDark.value : theme.value === 'dark';
  });
}

function readTheme(): Theme {
  const value = remembered('theme');
  return value === 'dark' || value === 'light' ? value : 'system';
}

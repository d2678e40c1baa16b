import type UPlot from 'uplot';
import { safeLanguage } from './safe-language.ts';

/** The chart library's constructor. */
export type UPlotClass = typeof UPlot;

let loading: Promise<UPlotClass> | undefined;

/** Fetches the chart library once, when the first chart is wanted. */
export function loadUplot(): Promise<UPlotClass> {
  loading ??= load();
  return loading;
}

async function load(): Promise<UPlotClass> {
  guardLanguage();
  const [module] = await Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]);
  return module.default;
}

/**
 * uPlot makes an Intl.NumberFormat of `navigator.language` while it loads and throws when that is
 * no language tag, as under the POSIX locale (`en-US@posix`).
 */
function guardLanguage(): void {
  const language = safeLanguage(navigator.language);
  if (language === navigator.language) return;
  Object.defineProperty(navigator, 'language', { value: language, configurable: true });
}

import type { Color, PanelModel } from '@sprout/grafana/model';

const fills: Readonly<Record<Color, string>> = {
  green: '--kept-fill',
  orange: '--risk-fill',
  red: '--broken-fill',
  blue: '--series-1',
  gray: '--unknown-fill',
};
const inks: Readonly<Record<Color, string>> = {
  green: '--kept',
  orange: '--risk',
  red: '--broken',
  blue: '--series-1',
  gray: '--unknown',
};

/** Tokens of a colour of the model: for areas, and for text. */
export const fillToken = (color: Color): string => fills[color];
export const inkToken = (color: Color): string => inks[color];

/** Token of the line of a series, by its place in the panel. */
export const lineToken = (index: number): string => `--series-${(index % 6) + 1}`;

/** What a value is called and coloured by the panel's states, else by its thresholds. */
export function judged(
  { states = [], thresholds = [] }: PanelModel,
  value: number | null,
): { readonly text?: string; readonly color?: Color } {
  if (value === null) return {};
  const state = states.find((one) => one.value === value);
  if (state) return state;
  const step = thresholds.findLast(({ from }) => from === undefined || value >= from);
  return step ? { color: step.color } : {};
}

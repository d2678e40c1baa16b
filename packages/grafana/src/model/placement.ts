import { SproutError } from '@sprout/process';
import type { PanelModel } from './model.ts';

/** Where a panel stands in a grid of 24 columns. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const columns = 24;

/**
 * Places panels from left to right, a new line when one does not fit; nothing overlaps and
 * nothing sticks out. Throws SproutError `DASHBOARD_INVALID` for a width that never fits.
 */
export function place(panels: readonly Pick<PanelModel, 'title' | 'width' | 'height'>[]): Place[] {
  let [x, y, lineHeight] = [0, 0, 0];
  return panels.map(({ title, width, height }) => {
    if (width < 1 || width > columns) throw neverFits(title, width);
    if (x + width > columns) [x, y, lineHeight] = [0, y + lineHeight, 0];
    const place = { x, y, width, height };
    x += width;
    lineHeight = Math.max(lineHeight, height);
    return place;
  });
}

/** Grid rows that placed panels take. */
export const heightOf = (places: readonly Place[]): number =>
  Math.max(0, ...places.map(({ y, height }) => y + height));

function neverFits(title: string, width: number): SproutError {
  return new SproutError('DASHBOARD_INVALID', `panel "${title}" is ${width} columns wide`, {
    hint: `a dashboard has ${columns} columns`,
  });
}

import type { StateModel } from './model.ts';

/** Names and colours by value, as both forms of a dashboard take them. */
export const valueOptions = (states: readonly StateModel[]) =>
  Object.fromEntries(
    states.map(({ value, text, color }, index) => [String(value), { text, color, index }]),
  );

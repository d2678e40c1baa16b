/** Widths of a budget bar as fractions of it: what is left, and what was overspent (up to all of it). */
export function barGeometry(leftFraction: number | null): {
  readonly fill: number;
  readonly overspent: number;
} {
  if (leftFraction === null) return { fill: 0, overspent: 0 };
  return { fill: clamp(leftFraction), overspent: clamp(-leftFraction) };
}

/**
 * Lowest and highest value of a burn-down axis. Zero and the full budget are always on it, with
 * room below zero, because the question is how far the line is from being used up.
 */
export function burnDownAxis(leftFractions: readonly (number | null)[]): readonly [number, number] {
  const known = leftFractions.filter((value) => value !== null);
  const lowest = Math.min(0, ...known);
  const span = 1 - lowest;
  return [lowest - span * 0.08, 1 + span * 0.04];
}

/**
 * Lowest and highest value of an SLI axis: the promise takes about the middle of what is lost at
 * most, so that a small breach and a small reserve both stay visible.
 */
export function sliAxis(
  ratios: readonly (number | null)[],
  target: number,
): readonly [number, number] {
  const known = ratios.filter((value) => value !== null);
  const lowest = Math.min(target - (1 - target), ...known);
  return [Math.max(0, lowest - (1 - lowest) * 0.05), 1 + (1 - lowest) * 0.05];
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

const sweepDegrees = 240;
const centre = { x: 60, y: 60 };

/** The path of a part of a dial, `from` and `to` of 0 … 1, around the middle of a 120 wide box. */
export function arc(from: number, to: number, radius: number): string {
  const start = pointAt(from, radius);
  const end = pointAt(to, radius);
  const large = (to - from) * sweepDegrees > 180 ? 1 : 0;
  return `M${start} A${radius} ${radius} 0 ${large} 1 ${end}`;
}

function pointAt(share: number, radius: number): string {
  const degrees = 90 + (360 - sweepDegrees) / 2 + share * sweepDegrees;
  const angle = (degrees * Math.PI) / 180;
  const x = centre.x + radius * Math.cos(angle);
  const y = centre.y + radius * Math.sin(angle);
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}

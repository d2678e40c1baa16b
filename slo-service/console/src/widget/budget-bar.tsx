import { barGeometry } from '../objective/budget-geometry.ts';

/** Budget left as a bar; an overspent one is hatched from the right, so it never looks full. */
export function BudgetBar(props: {
  readonly leftFraction: number | null;
  readonly verdict: string;
  readonly label: string;
}) {
  const { fill, overspent } = barGeometry(props.leftFraction);
  return (
    <div class={`budget-bar budget-${props.verdict}`} role="img" aria-label={props.label}>
      <div class="budget-fill" style={{ width: `${fill * 100}%` }} />
      <div class="budget-over" style={{ width: `${overspent * 100}%` }} />
    </div>
  );
}

import { formatRatio } from '@sprout/objectives/figure';

/** How much of the budget, as a number and a length. */
export function Share({ fraction }: { readonly fraction: number | null }) {
  return (
    <span class="share">
      <b>{formatRatio(fraction)}</b>
      <span class="share-bar" style={{ width: `${Math.min(1, fraction ?? 0) * 100}%` }} />
    </span>
  );
}

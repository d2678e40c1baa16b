/** How a signal is best looked at; dashboards turn it into a panel. Plain data. */
export interface PanelHint {
  readonly view: 'rate' | 'value' | 'quantiles' | 'heatmap' | 'ratio' | 'none';
  /** Labels that give a line each. */
  readonly by: readonly string[];
  readonly title?: string;
  /** Why nobody looks at it, of a signal that is read by nothing at all. */
  readonly why?: string;
}

/** Lines of events per second, one for each combination of the labels. */
export const rateBy = (...by: readonly string[]): PanelHint => ({ view: 'rate', by });

/** Lines of the gauge's value. */
export const valueBy = (...by: readonly string[]): PanelHint => ({ view: 'value', by });

/** p50, p95 and p99 lines of a histogram. */
export const quantilesBy = (...by: readonly string[]): PanelHint => ({ view: 'quantiles', by });

/** A heatmap of a histogram's buckets. */
export const heatmap = (): PanelHint => ({ view: 'heatmap', by: [] });

/**
 * No panel of its own, for signals that others are computed of; one that nothing reads, because a
 * library emits it anyway, says why nobody misses it.
 */
export const noPanel = (why?: string): PanelHint => ({
  view: 'none',
  by: [],
  ...(why !== undefined && { why }),
});

import type uPlot from 'uplot';
import type { Interval } from '../place/range.ts';

/** What a chart shows, in the console's own terms; the library stays behind chart-options.ts. */
export interface ChartModel {
  readonly height: number;
  /** Charts of one page with the same key share their cursor. */
  readonly syncKey: string;
  readonly interval: Interval;
  /** Ends of steps, seconds of the epoch, ascending. */
  readonly at: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly yRange: readonly [number, number];
  /** Each line lies on the one before; values are sums up to it. */
  readonly stacked?: boolean;
  /** Horizontal lines with a word at each: the promise, the used-up budget, bounds of a panel. */
  readonly limits: readonly Limit[];
  readonly bands: readonly Band[];
  /** Moments with a word, for example deploys. */
  readonly marks?: readonly Mark[];
  /** Single observations that lead to their traces. */
  readonly points?: readonly Point[];
  readonly tickText: (value: number) => string;
  /** Distances that ticks may have, ascending; decimal ones when it does not say. */
  readonly tickSteps?: readonly number[];
  readonly onZoom: (interval: Interval) => void;
}

export interface Limit {
  readonly value: number;
  readonly label: string;
  /** From and until when it holds, Unix milliseconds; all of the chart when absent. */
  readonly span?: { readonly fromMs: number; readonly toMs: number };
}

export interface ChartLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Name of a design token, for example `--kept-fill`. */
  readonly colour: string;
  /** Token for the part below zero. */
  readonly belowZero?: string;
  readonly shape: 'line' | 'area' | 'bars';
}

/** A stretch that is marked behind the lines, for example while an alert fired. */
export interface Band extends Interval {
  readonly label: string;
  /** A fault stands out, time that does not count recedes. */
  readonly kind?: 'fault' | 'excluded';
}

/** A moment that may explain a figure. */
export interface Mark {
  readonly atMs: number;
  readonly label: string;
}

/** One observation, and the trace of what was observed. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
  readonly traceId: string;
  /** The value as people read it. */
  readonly label: string;
}

/** Colours, font and bar shape as the library wants them. */
export interface UPlotStyle {
  readonly textQuiet: string;
  readonly line: string;
  readonly limit: string;
  readonly band: string;
  readonly bandEdge: string;
  readonly excluded: string;
  readonly mark: string;
  readonly font: string;
  readonly bars: uPlot.Series.PathBuilder;
  readonly colour: (token: string) => string;
  readonly faint: (token: string) => string;
}

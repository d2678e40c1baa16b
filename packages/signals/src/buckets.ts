/**
 * Upper bounds in seconds for latency histograms. They hold every promised threshold
 * (0.3 s database, 0.5 s disk, 2 s application, 3 s stress), so no promise is interpolated.
 */
export const latencyBucketsSeconds = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10,
] as const;

export { writeSeries } from './write-series.ts';

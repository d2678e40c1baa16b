import type { Unit } from '@sprout/grafana/model';

/** Writes a value in a unit of a panel: `12.5 ms`, `1.2 GiB`, `99.95 %`, `340 req/s`. */
export function formatUnit(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const sign = value < 0 ? '−' : '';
  return sign + writers[unit](Math.abs(value));
}

const writers: Readonly<Record<Unit, (value: number) => string>> = {
  s: span,
  ms: (value) => span(value / 1000),
  µs: (value) => span(value / 1e6),
  bytes: (value) => scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']),
  Bps: (value) => scaled(value, 1000, ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s']),
  percentunit: (value) => `${short(value * 100, 4)} %`,
  short: (value) => scaled(value, 1000, ['', 'k', 'M', 'G', 'T']),
  reqps: (value) => `${scaled(value, 1000, ['', 'k', 'M'])} req/s`,
  cps: (value) => `${scaled(value, 1000, ['', 'k', 'M'])}/s`,
  none: (value) => short(value, 6),
};

function span(seconds: number): string {
  if (seconds === 0) return '0 s';
  if (seconds < 1e-3) return `${short(seconds * 1e6)} µs`;
  if (seconds < 1) return `${short(seconds * 1e3)} ms`;
  if (seconds < 120) return `${short(seconds)} s`;
  if (seconds < 7200) return `${short(seconds / 60)} min`;
  return seconds < 172_800 ? `${short(seconds / 3600)} h` : `${short(seconds / 86_400)} d`;
}

function scaled(value: number, base: number, names: readonly string[]): string {
  const power = value < base ? 0 : Math.floor(Math.log(value) / Math.log(base) + 1e-9);
  const at = Math.min(power, names.length - 1);
  const name = names[at] ?? '';
  return `${short(value / base ** at)}${name.length > 1 ? ' ' : ''}${name}`;
}

function short(value: number, digits = 3): string {
  return String(value >= 10 ** digits ? Math.round(value) : Number(value.toPrecision(digits)));
}

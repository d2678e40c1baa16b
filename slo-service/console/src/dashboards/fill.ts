import type { DashboardModel, LinkModel } from '@sprout/grafana/model';
import type { Interval } from '../place/range.ts';

/** What is chosen for each variable; undefined is all of them. */
export type Chosen = Readonly<Record<string, readonly string[] | undefined>>;

export type Labels = Readonly<Record<string, string>>;

/** Scrapes come every 15 s; a rate needs four of them. */
const scrapeSeconds = 15;

/** Puts what is chosen, and the lengths of time that Grafana knows, into a query. */
export function fillQuery(
  expr: string,
  chosen: Chosen,
  multi: ReadonlySet<string>,
  time: { readonly interval: Interval; readonly stepSeconds: number },
): string {
  const { interval, stepSeconds } = time;
  const rate = Math.max(4 * scrapeSeconds, stepSeconds + scrapeSeconds);
  const lengths: Readonly<Record<string, string>> = {
    __rate_interval: `${rate}s`,
    __interval: `${stepSeconds}s`,
    __auto: `${Math.max(stepSeconds, 4 * scrapeSeconds)}s`,
    __range: `${Math.max(1, Math.round((interval.toMs - interval.fromMs) / 1000))}s`,
  };
  return expr.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (text, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? '';
    if (name in lengths) return lengths[name] ?? text;
    return name in chosen ? valueOf(chosen[name], multi.has(name)) : text;
  });
}

/** Within a quoted matcher: `=~` where several may be chosen, `=` elsewhere. */
function valueOf(values: readonly string[] | undefined, multi: boolean): string {
  if (values === undefined) return multi ? '.+' : '';
  if (!multi) return quotable(values[0] ?? '');
  return values.map((value) => quotable(regexText(value))).join('|');
}

const regexText = (value: string): string => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const quotable = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** Names of the variables of which several can be chosen. */
export const multiNames = ({ variables }: DashboardModel): ReadonlySet<string> =>
  new Set(variables.flatMap((one) => (one.kind === 'label-values' && one.multi ? one.name : [])));

/** The legend of a series: `{{label}}` stands for the label's value. */
export function legendOf(format: string, labels: Labels): string {
  const filled = format.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => labels[name] ?? '');
  if (filled.trim() !== '') return filled;
  const { __name__: name = '', ...others } = labels;
  const pairs = Object.entries(others).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(', ')}}`;
}

/**
 * The address of a link in the console, with the time and the choices that stand in `query`;
 * undefined when it names a label that the series lacks.
 */
export function linkHref(
  { url }: LinkModel,
  labels: Labels,
  query: URLSearchParams,
): string | undefined {
  let lacks = false;
  const filled = url
    .replaceAll(/\$\{__(?:field\.labels|data\.fields)\.(\w+)\}/g, (_, name: string) => {
      lacks ||= labels[name] === undefined;
      return encodeURIComponent(labels[name] ?? '');
    })
    .replaceAll(/&?\$\{__url_time_range\}/g, '')
    .replace(/\?$/, '');
  if (lacks) return undefined;
  if (!filled.startsWith('/d/')) return filled;
  const [path = '', own = ''] = filled.slice('/d/'.length).split('?');
  const wanted = new URLSearchParams(own);
  for (const [name, value] of query) {
    if (isKept(name) && !wanted.has(name)) wanted.set(name, value);
  }
  const search = wanted.toString();
  return `/dashboards/${path}${search === '' ? '' : `?${search}`}`;
}

const isKept = (name: string): boolean =>
  ['range', 'from', 'to', 'tz', 'live'].includes(name) || name.startsWith('var-');

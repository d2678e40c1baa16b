import { attributeText } from '@sprout/wire';
import type { Span } from '@sprout/wire';
import { recentSpans, serviceNames } from '../../store/trace-reader.ts';
import type { Store } from '../../store/store.ts';
import { kindWords, statusWords } from '../traceql/evaluate.ts';

/** Names and values are collected from the blocks that arrived last. */
const tagBlocksMax = 20;
/** Values listed for one tag. */
const tagValuesMax = 500;

/** Names of attributes by scope. */
export function tagNames(store: Store): { name: string; tags: string[] }[] {
  const resource = new Set<string>();
  const span = new Set<string>();
  for (const one of recentSpans(store, tagBlocksMax)) {
    for (const key of Object.keys(one.resource)) resource.add(key);
    for (const key of Object.keys(one.attributes)) span.add(key);
  }
  return [
    { name: 'resource', tags: [...resource].toSorted() },
    { name: 'span', tags: [...span].toSorted() },
    { name: 'intrinsic', tags: ['duration', 'kind', 'name', 'status'] },
  ];
}

/** Values of a tag, given as `service.name`, `.service.name` or `resource.service.name`. */
export function tagValues(store: Store, tag: string): string[] {
  if (/^(resource)?\.?service\.name$/.test(tag)) return serviceNames(store);
  if (tag === 'status') return [...statusWords];
  if (tag === 'kind') return [...kindWords];
  const values = new Set<string>();
  for (const span of recentSpans(store, tagBlocksMax)) {
    const value = tag === 'name' ? span.name : valueOf(span, tag);
    if (value !== '') values.add(value);
    if (values.size >= tagValuesMax) break;
  }
  return [...values].toSorted();
}

function valueOf(span: Span, tag: string): string {
  const [, scope, name = ''] = /^(resource\.|span\.|\.)?(.*)$/.exec(tag) ?? [];
  if (scope === 'resource.') return attributeText(span.resource[name]);
  if (scope === 'span.') return attributeText(span.attributes[name]);
  return attributeText(span.attributes[name] ?? span.resource[name]);
}

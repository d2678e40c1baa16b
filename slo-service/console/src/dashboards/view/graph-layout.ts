import { lastOf } from '../frame.ts';
import type { Frame } from '../frame.ts';

export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly value: number | null;
  readonly x: number;
  readonly y: number;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly value: number | null;
}

export const graphWidth = 760;
const layerHeight = 100;

/**
 * Nodes of query A and edges of query B, callers left of what they call. An end that is only in
 * an edge becomes a node too: who calls from outside is called by nobody.
 */
export function graphLayout({ series }: Frame): {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly height: number;
} {
  const known = series.filter(({ query }) => query === 0);
  const links = series.flatMap((one) => {
    const { id = one.key, source, target } = one.labels;
    if (one.query === 0 || source === undefined || target === undefined) return [];
    return [{ id, source, target, value: lastOf(one) }];
  });
  const facts = new Map(
    known.map((one) => [
      one.labels['id'] ?? one.name,
      { title: one.labels['title'] ?? one.name, value: lastOf(one) },
    ]),
  );
  const ids = [...new Set([...facts.keys(), ...links.flatMap((one) => [one.source, one.target])])];
  const layers = layersOf(ids, links);
  const count = Math.max(...layers.values(), 0) + 1;
  const inLayer = Array.from({ length: count }, (_, layer) =>
    ids.filter((id) => layers.get(id) === layer).toSorted(),
  );
  const height = Math.max(2, ...inLayer.map(({ length }) => length)) * layerHeight;
  const nodes = inLayer.flatMap((members, layer) =>
    members.map((id, index) => ({
      id,
      title: facts.get(id)?.title ?? id,
      value: facts.get(id)?.value ?? null,
      x: ((layer + 0.5) / count) * graphWidth,
      y: ((index + 0.5) / members.length) * height,
    })),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = links.flatMap(({ id, source, target, value }) => {
    const from = byId.get(source);
    const to = byId.get(target);
    return from && to ? [{ id, from, to, value }] : [];
  });
  return { nodes, edges, height };
}

/** Each node one layer right of its farthest caller; a circle of calls ends after one round. */
function layersOf(
  ids: readonly string[],
  links: readonly { readonly source: string; readonly target: string }[],
): ReadonlyMap<string, number> {
  const layers = new Map(ids.map((id) => [id, 0]));
  const ahead = withoutCircles(links);
  for (let round = 0; round < ids.length; round += 1) {
    for (const { source, target } of ahead) {
      layers.set(target, Math.max(layers.get(target) ?? 0, (layers.get(source) ?? 0) + 1));
    }
  }
  return layers;
}

/** Leaves out each link that would lead back to where it came from. */
function withoutCircles<L extends { readonly source: string; readonly target: string }>(
  links: readonly L[],
): readonly L[] {
  const kept: L[] = [];
  const reaches = (from: string, to: string): boolean =>
    from === to || kept.some(({ source, target }) => source === from && reaches(target, to));
  for (const link of links) if (!reaches(link.target, link.source)) kept.push(link);
  return kept;
}

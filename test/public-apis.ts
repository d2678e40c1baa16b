import { z } from 'zod';
import type { DashboardQuery } from '@sprout/dashboards-as-code';
import type { FaultName } from '@sprout/market-services/faults';
import type { ObjectiveStatus } from '@sprout/slo-service/api';
import type { TestStack } from './stack.ts';

/** Reading a stack the way its users do: through the public APIs alone. */

const vector = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** The sum of an instant PromQL query; 0 when it is empty. */
export async function promql(stack: TestStack, query: string): Promise<number> {
  const answer = vector.parse(await getJson(`${stack.url('prometheus')}/api/v1/query`, { query }));
  return answer.data.result.reduce((sum, { value }) => sum + Number(value[1]), 0);
}

const exemplars = z.object({
  data: z.array(
    z.object({ exemplars: z.array(z.object({ labels: z.record(z.string(), z.string()) })) }),
  ),
});

/** Trace ids of the exemplars of a selector over the last hour. */
export async function exemplarTraceIds(stack: TestStack, query: string): Promise<string[]> {
  const now = Date.now() / 1000;
  const answer = exemplars.parse(
    await getJson(`${stack.url('prometheus')}/api/v1/query_exemplars`, {
      query,
      start: String(now - 3600),
      end: String(now + 60),
    }),
  );
  return answer.data.flatMap((series) =>
    series.exemplars.flatMap((exemplar) => exemplar.labels['trace_id'] ?? []),
  );
}

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const batches = z.array(
  z.object({
    resource: z.object({ attributes: z.array(attribute) }),
    scopeSpans: z.array(
      z.object({
        spans: z.array(
          z.object({
            spanId: z.string(),
            parentSpanId: z.string().optional(),
            name: z.string(),
            attributes: z.array(attribute).optional(),
          }),
        ),
      }),
    ),
  }),
);
const trace = z.union([
  z.object({ batches }).transform((found) => found.batches),
  z.object({ resourceSpans: batches }).transform((found) => found.resourceSpans),
]);

export interface FoundSpan {
  readonly service: string;
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: ReadonlyMap<string, unknown>;
}

/** All spans of a trace from the Tempo API; none when it is unknown. */
export async function spansOf(stack: TestStack, traceId: string): Promise<FoundSpan[]> {
  const response = await fetch(`${stack.url('collector', 'query')}/tempo/api/traces/${traceId}`, {
    headers: { accept: 'application/json' },
  });
  if (response.status === 404) return [];
  return trace.parse(await response.json()).flatMap((batch) => {
    const service = attributesOf(batch.resource.attributes).get('service.name');
    return batch.scopeSpans
      .flatMap((scope) => scope.spans)
      .map((span) => ({
        service: String(service),
        name: span.name,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        attributes: attributesOf(span.attributes ?? []),
      }));
  });
}

const streams = z.object({
  data: z.object({
    result: z.array(
      z.object({
        stream: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.string(), z.string()]).rest(z.unknown())),
      }),
    ),
  }),
});

/** Lines of a LogQL query over the last hour, with the service that wrote them. */
export async function logLines(stack: TestStack, query: string) {
  const url = `${stack.url('collector', 'query')}/loki/api/v1/query_range`;
  const answer = streams.parse(
    await getJson(url, {
      query,
      start: `${Date.now() - 3_600_000}000000`,
      end: `${Date.now() + 60_000}000000`,
      limit: '1000',
    }),
  );
  return answer.data.result.flatMap(({ stream, values }) =>
    values.map(([, line]) => ({ service: stream['service'] ?? '', line })),
  );
}

const sampleSchema = z.object({ value: z.tuple([z.number(), z.string()]).optional() });
const answerSchema = z.object({ data: z.object({ result: z.array(sampleSchema) }) });
const tracesSchema = z.object({ traces: z.array(z.unknown()) });

/** Whether a dashboard's query brings at least one sample that is not NaN, a line, or a trace. */
export async function hasData(
  stack: TestStack,
  { expr, source }: Pick<DashboardQuery, 'expr' | 'source'>,
): Promise<boolean> {
  if (source === 'traces') {
    const found = await getJson(`${stack.url('collector', 'query')}/tempo/api/search`, { q: expr });
    return tracesSchema.parse(found).traces.length > 0;
  }
  const isLines = source === 'logs' && expr.startsWith('{');
  const url =
    source === 'logs'
      ? `${stack.url('collector', 'query')}/loki/api/v1/${isLines ? 'query_range' : 'query'}`
      : `${stack.url('prometheus')}/api/v1/query`;
  const { result } = answerSchema.parse(await getJson(url, { query: expr })).data;
  return result.some(({ value }) => value?.[1] !== 'NaN');
}

/** Starts a fault of the market, or ends it. */
export async function setFault(
  stack: TestStack,
  fault: FaultName,
  method: 'PUT' | 'DELETE',
): Promise<void> {
  const response = await fetch(`${stack.url('faults')}/faults/${fault}`, { method });
  if (!response.ok) throw new Error(`${fault}: ${response.status} ${await response.text()}`);
}

/** What slo-service says of an objective now. */
export async function objective(stack: TestStack, id: string): Promise<ObjectiveStatus> {
  return (await getJson(`${stack.url('slo-service')}/api/v1/objectives/${id}`)) as ObjectiveStatus;
}

export async function getJson(url: string, parameters: Record<string, string> = {}) {
  const response = await fetch(`${url}?${new URLSearchParams(parameters)}`);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as unknown;
}

function attributesOf(attributes: readonly z.infer<typeof attribute>[]) {
  return new Map(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

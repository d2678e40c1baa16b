import { attributeText } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import type { LogRecord } from '../log/record.ts';

/** Stream labels of a Loki stream. */
export type StreamLabels = Record<string, string>;

/** Resource attributes of OTLP senders that are few enough to be stream labels; the rest stays on the record. */
const labelledAttributes: ReadonlySet<string> = new Set([
  'service.namespace',
  'service.instance.id',
  'deployment.environment',
  'deployment.environment.name',
  'k8s.cluster.name',
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.container.name',
]);

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The resource of a Loki stream: its labels, with `service` under OpenTelemetry's name. */
export function resourceOfStream(labels: StreamLabels): Attributes {
  const { service, ...rest } = labels;
  return service === undefined ? rest : { 'service.name': service, ...rest };
}

/**
 * The stream a record belongs to: exactly the labels it was pushed with, or, for an OTLP sender,
 * `service`, `level` and the few resource attributes that suit a label.
 */
export function lokiStreamOf(record: LogRecord): StreamLabels {
  const labels: StreamLabels = {};
  for (const [key, value] of Object.entries(record.resource)) {
    const name = streamLabelName(key);
    if (name !== undefined) labels[name] = attributeText(value);
  }
  const pushedLevel = 'level' in labels || 'level' in record.attributes;
  if (record.severityText !== '' && !pushedLevel)
    labels['level'] = record.severityText.toLowerCase();
  return labels;
}

function streamLabelName(key: string): string | undefined {
  if (key === 'service.name') return 'service';
  if (labelName.test(key) && key !== '__proto__') return key;
  return labelledAttributes.has(key) ? key.replaceAll('.', '_') : undefined;
}

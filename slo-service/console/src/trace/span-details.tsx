import { texts } from '../i18n/language.ts';
import type { Attribute, Span } from './otlp.ts';

/** Everything a span says about itself. */
export function SpanDetails({ span }: { readonly span: Span }) {
  const t = texts();
  return (
    <div class="span-details">
      <Attributes title={`${t.attributes} (${span.kind})`} attributes={span.attributes} />
      {span.attributes.length === 0 ? <p class="quiet">{t.attributesNone}</p> : null}
      {span.events.map((event, index) => (
        <Attributes
          key={`${event.name} ${index}`}
          title={`${t.events}: ${event.name}`}
          attributes={event.attributes}
        />
      ))}
      <Attributes title={t.resource} attributes={span.resource} />
    </div>
  );
}

function Attributes(props: { readonly title: string; readonly attributes: readonly Attribute[] }) {
  if (props.attributes.length === 0) return null;
  return (
    <section>
      <h3>{props.title}</h3>
      <dl class="attributes">
        {props.attributes.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

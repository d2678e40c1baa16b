import { formatTarget } from '@sprout/objectives/figure';
import type { ConfigAnswer, ObjectiveStatus } from '@sprout/slo-service/api';
import type { Resource } from '../api/resource.ts';
import { texts } from '../i18n/language.ts';
import { FailureNotice } from '../widget/notice.tsx';
import { formulaTerms } from './formula.ts';
import { Versions } from './versions.tsx';

/** How the promise is counted, in formulas, and its part of the configuration. */
export function Declaration(props: {
  readonly status: ObjectiveStatus;
  readonly config: Resource<ConfigAnswer>;
}) {
  const t = texts();
  const { status, config } = props;
  const declared = config.data?.objectives.find(({ id }) => id === status.id);
  return (
    <section class="card" aria-labelledby="formula-title">
      <h2 id="formula-title">{t.formulaTitle}</h2>
      <p>{t.formulaSli}</p>
      <p>{t.formulaBudget(formatTarget(status.target))}</p>
      <FailureNotice of={config} what={t.whatConfig} />
      {declared ? (
        <dl class="formula">
          {formulaTerms(declared).map(({ name, text }) => (
            <div key={name}>
              <dt>{t[name]}</dt>
              <dd>
                <pre tabIndex={0}>{text}</pre>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Versions status={status} />
      {declared ? (
        <details>
          <summary>{t.configTitle}</summary>
          <pre tabIndex={0}>{JSON.stringify(declared, null, 2)}</pre>
        </details>
      ) : null}
    </section>
  );
}

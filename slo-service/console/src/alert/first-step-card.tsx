import type { ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { Runbook } from '../widget/runbook.tsx';
import { VerdictMark } from '../widget/shape.tsx';
import { logsAround } from './alert-links.tsx';
import { firstStep } from './explain.ts';
import type { FirstStep } from './explain.ts';

/** The one thing to do first, with the link to do it. */
export function FirstStepCard(props: {
  readonly page: Page;
  readonly all: readonly ObjectiveStatus[];
}) {
  const t = texts();
  return (
    <section class="card first-step" aria-labelledby="step-title">
      <h2 id="step-title">{t.stepTitle}</h2>
      {props.page.firstStep ? <p>{props.page.firstStep}</p> : null}
      <Step step={firstStep(props.page, props.all)} page={props.page} />
    </section>
  );
}

function Step({ step, page }: { readonly step: FirstStep; readonly page: Page }) {
  const t = texts();
  if (step.kind === 'dependency') return <Failing failing={step.failing} />;
  if (step.kind === 'runbook') {
    return (
      <>
        <p>{t.stepRunbook}</p>
        <Runbook url={step.url} look="button" />
      </>
    );
  }
  const isTrace = step.kind === 'trace';
  return (
    <>
      <p>{isTrace ? t.stepTrace : t.stepLogs}</p>
      <a class="button" href={isTrace ? paths.trace(step.traceId) : logsAround(page)} data-row>
        {isTrace ? t.exampleTrace : t.openLogs}
      </a>
    </>
  );
}

function Failing({ failing }: { readonly failing: readonly ObjectiveStatus[] }) {
  const t = texts();
  return (
    <>
      <p>{t.stepDependency}</p>
      <ul class="plain">
        {failing.map((status) => (
          <li key={status.id}>
            <VerdictMark verdict={status.verdict} state={status.state} />{' '}
            <a href={paths.objective(status.id)} data-row>
              {status.title}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

import type { VariableModel } from '@sprout/grafana/model';
import type { DashboardFile } from '@sprout/grafana/model-file';
import { useMemo } from 'preact/hooks';
import { getJson } from '../api/request.ts';
import { useFetched } from '../api/resource.ts';
import type { Resource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { changeQuery } from '../place/place.ts';
import type { Interval } from '../place/range.ts';
import { FailureNotice } from '../widget/notice.tsx';
import { chosenInUrl } from './board-state.ts';
import type { Chosen } from './fill.ts';

type LabelVariable = Extract<VariableModel, { kind: 'label-values' }>;

/** The variables of a board, what they may stand for, and what is chosen. */
export interface Choices {
  readonly variables: readonly LabelVariable[];
  readonly options: Resource<readonly (readonly string[])[]>;
  readonly chosen: Chosen;
  /** False until the first value of a variable without *all* is known. */
  readonly ready: boolean;
}

/** Reads the choices from the URL; a variable of one value begins with its first. */
export function useChoices({ variables }: DashboardFile, interval: Interval): Choices {
  const labels = useMemo(() => variables.filter((one) => one.kind === 'label-values'), [variables]);
  const hourMs = 3_600_000;
  const fromMs = Math.floor(interval.fromMs / hourMs) * hourMs;
  const toMs = Math.ceil(interval.toMs / hourMs) * hourMs;
  const questions = labels.map(({ metric, of }) => urls.labelValues(metric, of, { fromMs, toMs }));
  const key = questions.length === 0 ? null : questions.join('\n');
  const options = useFetched(key, 0, (signal) =>
    Promise.all(
      questions.map(async (url) => {
        const { data } = await getJson<{ data?: readonly string[] }>(url, signal);
        return (data ?? []).toSorted();
      }),
    ),
  );
  const entries = labels.map(({ name, multi }, index) => {
    const first = multi ? undefined : options.data?.[index]?.slice(0, 1);
    return [name, chosenInUrl(name) ?? first] as const;
  });
  const ready =
    options.data !== undefined ||
    options.failure !== undefined ||
    entries.every(([, values], index) => labels[index]?.multi || values !== undefined);
  return { variables: labels, options, chosen: Object.fromEntries(entries), ready };
}

/** A select for each variable. */
export function Variables({ choices }: { readonly choices: Choices }) {
  const t = texts();
  const { variables, options, chosen } = choices;
  if (variables.length === 0) return null;
  return (
    <div class="variables">
      {variables.map((variable, index) => (
        <Select
          key={variable.name}
          variable={variable}
          options={options.data?.[index] ?? []}
          chosen={chosen[variable.name]}
        />
      ))}
      <FailureNotice of={options} what={t.whatChoices} />
    </div>
  );
}

function Select(props: {
  readonly variable: LabelVariable;
  readonly options: readonly string[];
  readonly chosen: readonly string[] | undefined;
}) {
  const { name, label, multi } = props.variable;
  const value = props.chosen?.join(',') ?? '';
  // What a link chose stays a choice, also when nothing has that value now.
  const options = [...new Set([...(value === '' ? [] : [value]), ...props.options])].toSorted();
  return (
    <label class="variable">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) =>
          changeQuery({ [`var-${name}`]: event.currentTarget.value || null }, 'push')
        }
      >
        {multi ? <option value="">{texts().chooseAll}</option> : null}
        {options.map((option) => (
          <option key={option} value={option}>
            {option.replaceAll(',', ', ')}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One of a few, as a row of buttons; the pressed one is the present choice. */
export function Choice<T extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly id: T; readonly name: string; readonly lang?: string }[];
  readonly chosen: T | undefined;
  readonly onChoose: (id: T) => void;
}) {
  return (
    <div class="choice" role="group" aria-label={props.label}>
      {props.options.map(({ id, name, lang }) => (
        <button
          key={id}
          type="button"
          lang={lang}
          aria-pressed={id === props.chosen}
          onClick={() => props.onChoose(id)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

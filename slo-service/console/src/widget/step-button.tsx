import type { ComponentChildren } from 'preact';

/**
 * Goes a step on, unless there is none: then it says so and does nothing, but keeps the focus of
 * who came this far by keyboard, which a button that is `disabled` would lose.
 */
export function StepButton(props: {
  readonly label?: string;
  readonly isEnd?: boolean;
  readonly onStep: () => void;
  readonly children: ComponentChildren;
}) {
  const { label, isEnd = false, onStep, children } = props;
  return (
    <button
      type="button"
      class="button"
      aria-label={label}
      aria-disabled={isEnd}
      onClick={isEnd ? undefined : onStep}
    >
      {children}
    </button>
  );
}

/** Something wrong, and where: `alert TargetDown`, `gateway / Traffic / Requests`. */
export interface Found {
  readonly where: string;
  readonly message: string;
}

/** What a check found. */
export type Finding = Found & { readonly check: string };

/** What a check says of itself. */
export interface CheckText {
  /** In kebab-case; its page is `docs/lint/<name>.md`. */
  readonly name: string;
  /** What it refuses, as one sentence. */
  readonly summary: string;
  /** What goes wrong for whom where nobody looks. */
  readonly why: string;
  /** What to do about a finding. */
  readonly fix: string;
}

/** A check without what it looks at: enough for its page. */
export interface DescribedCheck extends CheckText {
  /** The example as people write it. */
  readonly bad: { readonly text: string };
}

/** One thing that must not be, with what its page says and an example that it refuses. */
export interface Check<Subject> extends DescribedCheck {
  /** The example, and the same as the check gets it; a test sees that it is found. */
  readonly bad: { readonly text: string; readonly subject: Subject };
  find(subject: Subject): readonly Found[];
}

/** Everything that some checks find, in their order. Pure. */
export function runChecks<Subject>(checks: readonly Check<Subject>[], subject: Subject): Finding[] {
  return checks.flatMap((check) =>
    check.find(subject).map((found) => ({ check: check.name, ...found })),
  );
}

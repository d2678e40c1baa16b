/** A silence as Alertmanager answers it (API v2), as far as it is shown. */
export interface Silence {
  readonly id: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly status: { readonly state: string };
  readonly matchers: readonly {
    readonly name: string;
    readonly value: string;
    readonly isRegex: boolean;
    readonly isEqual?: boolean;
  }[];
}

/** The label by which alerts are grouped to pages. */
const groupLabel = 'page_group';

/** Active silences that name the group of a page. */
export function silencesOf(group: string, silences: readonly Silence[]): readonly Silence[] {
  return silences.filter(
    ({ status, matchers }) =>
      status.state === 'active' &&
      matchers.some(
        ({ name, value, isRegex, isEqual = true }) =>
          name === groupLabel && value === group && !isRegex && isEqual,
      ),
  );
}

/** The command that silences a group for an hour. */
export function silenceCommand(group: string, comment: string): string {
  const quoted = JSON.stringify(comment);
  return `amtool silence add ${groupLabel}=${group} --duration=1h --comment=${quoted}`;
}

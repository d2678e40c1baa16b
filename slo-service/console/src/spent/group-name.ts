/** A group by its labels: `region seoul, kind express`. */
export function groupName(labels: Readonly<Record<string, string>> | null, group: string): string {
  if (labels === null) return group;
  return Object.entries(labels)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ');
}

/**
 * What Grafana takes a field of a resource to be when it is not there, where that
 * is not simply empty. Source: the schemas of dashboard v2 and of alert rules.
 */
const defaults: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['allowCustomValue', true],
  ['cursorSync', 'Off'],
  ['editable', true],
  ['enable', true],
  ['from', 'now-6h'],
  ['hide', 'dontHide'],
  ['keepFiringFor', '0s'],
  ['refresh', 'never'],
  ['regexApplyTo', 'value'],
  ['skipUrlSync', false],
  ['sort', 'disabled'],
  ['timezone', 'browser'],
  ['to', 'now'],
]);

/** Whether a field with this value says no more than a field that is left out. */
export function isDefault(key: string, value: unknown): boolean {
  const usual = defaults.get(key);
  if (typeof usual === typeof value && usual !== undefined) return usual === value;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).every(([name, part]) => isDefault(name, part));
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}

/** The annotation query that Grafana puts into every dashboard; nobody made it by hand. */
export function isBuiltIn(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('spec' in item)) return false;
  const { spec } = item;
  return typeof spec === 'object' && spec !== null && 'builtIn' in spec && spec.builtIn === true;
}

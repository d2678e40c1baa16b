/** The id of an objective for a name of OpenSLO, which may hold more characters. */
export function objectiveName(name: string): string {
  const plain = name.replaceAll(/[^a-z0-9-]/g, '-');
  return /^[a-z]/.test(plain) ? plain : `slo-${plain}`;
}

/** The name of OpenSLO's Service for an owner, who may be called anything. */
export function serviceName(owner: string): string {
  const plain = owner.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return plain.replaceAll(/^-|-$/g, '') || 'owner';
}

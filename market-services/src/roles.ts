/** What somebody may be in the market. */
export const roles = ['customer', 'seller', 'operator'] as const;
export type Role = (typeof roles)[number];

/** The roles among the values of a claim; whatever else a provider lists is nothing to us. */
export function rolesIn(claim: unknown): Role[] {
  const listed: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return roles.filter((role) => listed.includes(role));
}

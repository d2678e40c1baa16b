/** Names of the servers; which of two is the primary is the keeper's to say. */
export const mariadbNames = ['mariadb', 'mariadb-2'] as const;
export type MariadbName = (typeof mariadbNames)[number];

export { certificateFiles } from '../own-certificates.ts';
export type { CertificateFiles } from '../own-certificates.ts';
export { dataServers } from './data-servers.ts';
export { mariadbProcess } from './mariadb.ts';
export { mariadbNames } from './mariadb-names.ts';
export { mysqlServers } from '../keeper/mysql-server.ts';
export { redisMemory, redisNodeNames, redisProcess } from './redis.ts';

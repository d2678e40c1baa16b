export { dataServers } from './data-servers.ts';
export { mariadbProcess } from './mariadb.ts';
export { redisMemoryMax, redisNodeNames, redisProcess } from './redis.ts';

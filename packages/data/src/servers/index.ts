export { mariadbProcess } from './mariadb.ts';
export { redisMemoryMax, redisProcess } from './redis.ts';

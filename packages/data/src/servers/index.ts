export { mariadbProcess } from './mariadb.ts';
export { redisProcess } from './redis.ts';

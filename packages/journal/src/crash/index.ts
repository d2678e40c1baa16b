export { ForgetfulFile } from '../file/forgetful-file.ts';
export type { Random } from '../file/forgetful-file.ts';
export { killTalking } from './kill-talking.ts';
export { seededRandom } from './random.ts';

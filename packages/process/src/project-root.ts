import { resolve } from 'node:path';

/** The folder that holds `sprout` and `sprout.config.ts`. */
export const projectRoot: string = resolve(import.meta.dirname, '../../..');

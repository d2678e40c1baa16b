export * from './cache.ts';
export * from './database.ts';
export * from './http.ts';
export * from './node-runtime.ts';
export * from './queue.ts';
export * from './runtime.ts';
export * from './scrape.ts';
export * from './slo.ts';

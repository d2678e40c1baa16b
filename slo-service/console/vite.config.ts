import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Every file is one that the page asks for by name: no inlined data: URLs, so a strict CSP holds.
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' },
});

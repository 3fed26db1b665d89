import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    alias: {
      '@contract': at('src/contract'),
      '@core': at('src/core'),
      '@main': at('src/main'),
      '@renderer': at('src/renderer'),
      '@vocabulary': at('src/vocabulary'),
      '@resources': at('resources'),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    globalSetup: 'test/support/temporary.ts',
    setupFiles: 'test/support/seed.ts',
    // h5wasm's heap and file locks are per process, so each file gets its own.
    pool: 'forks',
    maxWorkers: 2,
    // Limits against hanging, wide enough for a machine that is busy with other work: no test asserts a time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A test in which nothing was asserted, since its list was empty or its callback never called, fails.
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
  },
});

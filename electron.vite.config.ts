import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const alias = {
  '@contract': at('src/contract'),
  '@core': at('src/core'),
  '@main': at('src/main'),
  '@renderer': at('src/renderer'),
  '@vocabulary': at('src/vocabulary'),
  '@resources': at('resources'),
};

/** Three builds (main, preload, renderer), none of which needs Electron's binary. */
export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          cli: at('src/main/cli.ts'),
          'scan-worker': at('src/main/reading/worker.ts'),
          'reading-thread': at('src/main/reading/reading-thread.ts'),
          'inside-worker': at('src/main/retrieval/worker.ts'),
          'retrieval-thread': at('src/main/retrieval/retrieval-thread.ts'),
          'engine-worker': at('src/main/engine/worker.ts'),
          'gradient-thread': at('src/main/engine/gradient-thread.ts'),
          'demo-worker': at('src/main/demo/worker.ts'),
          'relax-worker': at('src/main/relax/wasm/worker.ts'),
          'dataset-worker': at('src/main/dataset/worker.ts'),
          'simulate-worker': at('src/main/simulation/worker.ts'),
          'train-worker': at('src/main/training/worker.ts'),
          'trial-worker': at('src/main/adapting/worker.ts'),
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    base: './',
    resolve: { alias },
    plugins: [svelte({ configFile: at('svelte.config.js') })],
    build: {
      outDir: at('out/renderer'),
      // electron-vite leaves it out; the plotting library alone is megabytes to read before anything is drawn.
      minify: true,
      rolldownOptions: { input: at('src/renderer/index.html') },
    },
  },
});

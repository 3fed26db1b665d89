import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Playwright's global set-up: bundles the specs' main entry beside the app's own build. */
export default async function buildEntry(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    resolve: {
      alias: {
        '@contract': at('src/contract'),
        '@core': at('src/core'),
        '@vocabulary': at('src/vocabulary'),
        '@main': at('src/main'),
        '@resources': at('resources'),
      },
    },
    build: {
      ssr: at('test/e2e/electron/main.ts'),
      outDir: at('out/e2e'),
      rolldownOptions: { external: ['electron'] },
    },
  });
}

// Lets plain Node run the program's TypeScript as it stands: aliases, endings left out, JSON.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../../', import.meta.url);
const aliases = {
  '@contract/': 'src/contract/',
  '@core/': 'src/core/',
  '@main/': 'src/main/',
  '@resources/': 'resources/',
  '@vocabulary/': 'src/vocabulary/',
};

registerHooks({
  resolve(specifier, context, next) {
    const alias = Object.keys(aliases).find((name) => specifier.startsWith(name));
    if (!alias && !specifier.startsWith('.')) return next(specifier, context);
    if (context.parentURL?.includes('/node_modules/')) return next(specifier, context);
    const url = alias
      ? new URL(aliases[alias] + specifier.slice(alias.length), root)
      : new URL(specifier, context.parentURL);
    if (url.pathname.endsWith('.json'))
      return { url: url.href, format: 'json', importAttributes: { type: 'json' }, shortCircuit: true };
    const endings = ['.ts', '/index.ts'].map((ending) => url.href + ending);
    return next(endings.find((file) => existsSync(fileURLToPath(file))) ?? url.href, context);
  },
});

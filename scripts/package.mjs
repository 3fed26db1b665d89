#!/usr/bin/env node
// Builds the packages of the desktop app (AppImage, deb, rpm, tar.gz) around Electron's binary, which npm alone does not bring.
import { electronBinary, localBin, ownEnv } from './lib/paths.mjs';
import { show } from './lib/run.mjs';

// Before anything is built: the packager would try to fetch it, and fail after minutes where nothing can be fetched.
if (!electronBinary()) {
  process.stderr.write(
    "No packages were built: Electron's binary is not here. `npx install-electron` brings it, from outside the npm registry;\n" +
      'then `npm run package` again. Without it the web shell is the way in: `npx braggwatch serve`.\n',
  );
  process.exitCode = 1;
} else {
  const { setup } = await import('./setup.mjs');
  await setup();
  await import('./notices.mjs');
  const args = ['--config', 'electron-builder.mjs', ...process.argv.slice(2)];
  process.exitCode = await show(`${localBin}/electron-builder`, args, ownEnv);
}

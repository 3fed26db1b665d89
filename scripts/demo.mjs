#!/usr/bin/env node
import { become, runCli } from './lib/launch.mjs';
import { electronBinary, root } from './lib/paths.mjs';
import { setup } from './setup.mjs';

const args = process.argv.slice(2);
// Electron's sandbox does not start as root.
const isRoot = process.getuid?.() === 0;
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

await setup();
const electron = electronBinary();
if (electron && hasDisplay && !isRoot && !args.includes('--headless')) become(electron, [root, '--demo', ...args]);
else await runCli(['demo', ...args]);

#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { runCli } from '../scripts/lib/launch.mjs';
import { inRoot } from '../scripts/lib/paths.mjs';
import { setup } from '../scripts/setup.mjs';

// In a checkout the build follows the sources; its progress goes to stderr, so that stdout stays the command's own.
if (existsSync(inRoot('src'))) await setup();
await runCli(process.argv.slice(2));

#!/usr/bin/env node
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { linkCommand } from './lib/link.mjs';

/** Brings what is missing (packages, build, our command's link), says so on stderr, and is silent where nothing is. */
export async function setup() {
  await ensureInstalled();
  linkCommand();
  await ensureBuilt();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await setup();

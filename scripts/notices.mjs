#!/usr/bin/env node
// Writes what others ask to be said where their works are handed on, for the packages that are built next.
import { mkdirSync, writeFileSync } from 'node:fs';
import { notices } from './lib/notices.mjs';
import { inRoot, root } from './lib/paths.mjs';

mkdirSync(inRoot('out'), { recursive: true });
writeFileSync(inRoot('out', 'third-party-notices.txt'), notices(root));

#!/usr/bin/env node
// A Slurm cluster of this machine alone, to try `simulate --slurm` on; it lives as long as this command.
//   node scripts/slurm-local.mjs        prints: ready export SLURM_CONF=...
// Exit 77 with the reason where there can be none.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSlurm, startSlurm } from './lib/slurm.mjs';

const SKIPPED = 77;

/** Ports that nobody listens on at this moment. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const listening = servers.map((server) => new Promise((resolve) => server.listen(0, resolve)));
  await Promise.all(listening);
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

const reason = await ensureSlurm();
if (reason) {
  process.stderr.write(`skipped: ${reason}\n`);
  process.exit(SKIPPED);
}
const folder = mkdtempSync(join(tmpdir(), 'braggwatch-slurm-'));
const ended = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  // Whoever started this holds our stdin; it ends with them, however they ended.
  process.stdin.once('end', resolve).resume();
});
try {
  const cluster = await startSlurm(folder, await freePorts(2));
  process.stdout.write(`ready export SLURM_CONF=${cluster.configuration}\n`);
  await ended;
  await cluster.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

#!/usr/bin/env node
// Everything that must hold, in order, up to the first failure; the last line on stdout counts the tests.
import { mkdirSync, rmSync } from 'node:fs';
import { ensureBrowser } from './lib/browser.mjs';
import { closingLine, playwrightCounts, vitestCounts } from './lib/counts.mjs';
import { inRoot, localBin, ownEnv } from './lib/paths.mjs';
import { capture, show } from './lib/run.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { linkCommand } from './lib/link.mjs';
import { leftOut, playwrightTests, specFiles, unitFiles, vitestTests } from './lib/skips.mjs';

const reports = inRoot('out', 'reports');
const unitReport = `${reports}/vitest.json`;
const e2eReport = `${reports}/playwright.json`;
const e2eConfig = 'test/e2e/playwright.config.ts';
const counts = [];

// However the run ends; a failure that no test counted (a type error, an installation) counts as one.
process.on('exit', (code) => {
  if (code !== 0 && !counts.some(({ failed }) => failed > 0)) counts.push({ passed: 0, failed: 1, skipped: 0 });
  console.log(closingLine(counts));
});

/** One check; `count` reads its report. */
async function check(title, [command, ...args], { env = ownEnv, count } = {}) {
  const started = performance.now();
  console.log(`\n== ${title}`);
  const code = await show(`${localBin}/${command}`, args, env);
  const counted = count?.();
  if (counted) counts.push(counted);
  console.log(`== ${title}: ${code === 0 ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (code === 0) return;
  console.log(`\nStopped: ${title} failed (exit ${code}).`);
  process.exit(code);
}

/** What was skipped and why; what was skipped without a reason, and a file without tests, fails the run. */
function checkLeftOut(ran, files) {
  const { known, unexpected } = leftOut(ran ?? [], files);
  for (const line of known) console.log(`== ${line}`);
  if (unexpected.length === 0) return;
  for (const line of unexpected) console.log(line);
  counts.push({ passed: 0, failed: unexpected.length, skipped: 0 });
  console.log('\nStopped: tests were left out; what may be skipped, and when, stands in scripts/lib/skips.mjs.');
  process.exit(1);
}

await ensureInstalled();
linkCommand();
const browser = await ensureBrowser();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

await check('format', ['prettier', '--check', '--log-level=warn', '.']);
await check('lint', ['eslint', '.', '--max-warnings=0']);
await check('import direction', ['depcruise', 'src', '--config', '.dependency-cruiser.cjs']);
await check('unused code', ['knip', '--no-progress']);
await check('types', ['tsc', '--noEmit', '-p', 'tsconfig.json']);
await check('types in components', ['svelte-check', '--tsconfig', 'tsconfig.json', '--fail-on-warnings']);
await check('known weaknesses', ['node', 'scripts/audit.mjs', '--tell']);
await ensureBuilt();
await check('unit', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`], {
  count: () => vitestCounts(unitReport),
});
checkLeftOut(vitestTests(unitReport), unitFiles());

if (browser) {
  await check('end to end', ['playwright', 'test', '--config', e2eConfig, '--reporter=list,json'], {
    env: { ...ownEnv, BRAGGWATCH_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport },
    count: () => playwrightCounts(e2eReport),
  });
  checkLeftOut(playwrightTests(e2eReport), specFiles());
} else {
  // They are counted all the same: what was not run must not look as if it did not exist.
  const { output } = await capture(`${localBin}/playwright`, ['test', '--config', e2eConfig, '--list'], ownEnv);
  const skipped = Number(/Total: (\d+) test/.exec(output)?.[1] ?? 0);
  counts.push({ passed: 0, failed: 0, skipped });
  console.log(`\n== end to end: skipped: no browser (${skipped} specs)`);
}

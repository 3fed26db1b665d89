import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '@main/app';
import { isFinal } from '@main/beamtime/rows';
import { writeScan } from '@main/demo';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';

/** An app that watches nothing and may open one folder. */
function start() {
  const base = temporaryFolder();
  const allowed = join(base, 'allowed');
  mkdirSync(allowed);
  const app = createApp({ launcher: builtLauncher(), home: join(base, 'home'), shell: 'web', roots: [allowed] });
  onTestFinished(() => app.close().catch(() => undefined));
  return { app, base, allowed };
}

it('judges a scan that is dropped, though its folder is not watched, and keeps what a person says of it', async () => {
  const { app, allowed } = start();
  writeScan(join(allowed, 'somewhere'), { defect: 'screw' });
  const { findSources } = await import('@main/beamtime/watch/walk');
  const [source] = findSources(join(allowed, 'somewhere'));
  expect(await app.handlers['files/drop']({ path: source!.path })).toEqual({ is: 'scan', path: source!.path });
  const row = await eventually(() => app.rows.all().find(isFinal), 'a verdict');
  expect(row).toMatchObject({ source: source!.path, truth: 'screw', state: 'classified' });
  expect(app.handlers['watch/state'](undefined)).toMatchObject({ folder: null });
  await app.handlers['scans/overrule']({ id: row.id, overruled: { class: 'edge', by: 'Lea' } });
  expect(app.rows.get(row.id)).toMatchObject({ overruled: { class: 'edge', by: 'Lea' }, verdict: row.verdict });
  const csv = await app.handlers['export/make']({ format: 'csv', only: 'all', from: 'watched' });
  expect(csv.text).toContain('Lea');
  const report = await app.handlers['export/make']({ format: 'report', only: 'all', from: 'watched' });
  expect(report.text).toContain('Edge dislocation, by Lea');
});

it('watches a folder that is dropped, and opens nothing outside the allowed folders', async () => {
  const { app, base, allowed } = start();
  mkdirSync(join(allowed, 'RAW_DATA'));
  expect(await app.handlers['files/drop']({ path: join(allowed, 'RAW_DATA') })).toMatchObject({ is: 'folder' });
  expect(app.handlers['watch/state'](undefined)).toMatchObject({ folder: join(allowed, 'RAW_DATA') });
  symlinkSync(base, join(allowed, 'way-out'));
  for (const path of ['/etc/passwd', base, join(allowed, 'way-out')])
    await expect(app.handlers['files/drop']({ path }), path).rejects.toMatchObject({ code: 'path-refused' });
  await expect(app.handlers['files/drop']({ path: join(allowed, 'nowhere.h5') })).rejects.toMatchObject({
    code: 'path-missing',
  });
});

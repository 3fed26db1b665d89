import { expect } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderDialog } from '../pages/folder-dialog';
import { TopBar } from '../pages/top-bar';
import { isBuilt } from '../support/command';
import { test } from '../support/served';

test.skip(!isBuilt, 'needs the built app');

test('a folder with nothing but the files of others says what they are', async ({ page, served }) => {
  const folder = join(served.base, 'theirs');
  mkdirSync(folder);
  writeFileSync(join(folder, 'run.log'), 'begun at 02:00\n');
  writeFileSync(join(folder, 'x_data_000001.h5'), 'frames');
  await served.start();
  await new TopBar(page).chooseFolder();
  await new FolderDialog(page).watch(folder);
  const alerts = page.getByRole('region', { name: 'Alerts' });
  await expect(alerts).toContainText(`2 files in ${folder}`, { timeout: 30_000 });
  await expect(alerts).toContainText('run.log (text)');
  await expect(alerts).toContainText('x_data_000001.h5 (frames of a Dectris detector; their master');
  await expect(page.getByRole('heading', { name: 'Waiting for the first scan' })).toBeVisible();
});

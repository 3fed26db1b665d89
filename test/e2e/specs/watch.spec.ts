import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

test('tells a new user what to do first, and watches the folder they type', async ({ open, page }) => {
  const { folder, top } = await open(scenarios.empty);
  await expect(page.getByRole('heading', { name: 'Watch a beamtime' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(3);
  await page.getByRole('main').getByRole('button', { name: 'Choose folder…' }).click();
  await expect(folder.path).toBeFocused();
  await expect(folder.browse).toHaveCount(0);
  await folder.watch('/data/visitor/hc1');
  await expect(folder.root).toHaveCount(0);
  await expect(top.root).toContainText('/data/visitor/hc1');
  await expect(page.getByRole('heading', { name: 'Waiting for the first scan' })).toBeVisible();
});

test('asks before it watches a folder that the app was not started with, and completes what is typed', async ({
  open,
  page,
}) => {
  const { folder, top } = await open(scenarios.empty);
  await top.chooseFolder();
  await folder.path.fill('/data/o');
  await expect(page.locator('datalist option')).toHaveAttribute('value', '/data/outside');
  await folder.watch('/data/outside');
  await expect(folder.root.getByRole('alert')).toContainText('none of the folders that Braggwatch was started with');
  await expect(page.getByRole('banner', { name: 'Application' })).toContainText('No folder watched');
  await folder.root.getByRole('button', { name: 'Open and watch it' }).click();
  await expect(folder.root).toHaveCount(0);
  await expect(top.root).toContainText('outside');
});

test('says why a folder cannot be watched and keeps what was typed', async ({ open }) => {
  const { folder, top } = await open(scenarios.empty);
  await top.chooseFolder();
  await folder.watch('/data/missing');
  await expect(folder.root.getByRole('alert')).toContainText('There is no such file or folder.');
  await expect(folder.root.getByRole('alert')).toContainText('a network share may not be mounted');
  await expect(folder.path).toHaveValue('/data/missing');
  await folder.watch('/data/there');
  await expect(folder.root).toHaveCount(0);
});

test('offers the native dialog where there is one', async ({ open }) => {
  const { folder, top } = await open(scenarios.desktop);
  await top.chooseFolder();
  await folder.browse.click();
  await expect(folder.path).toHaveValue('/data/picked');
});

test('stops watching, and watches with another beamline', async ({ open, page }) => {
  const { top } = await open(scenarios.waiting);
  await top.preset.selectOption('Beamline from the files');
  await expect(top.preset).toHaveValue('auto');
  await top.preset.selectOption('aps-34idc');
  await expect(top.preset).toHaveValue('aps-34idc');
  await top.root.getByRole('button', { name: 'Stop' }).click();
  await expect(top.root).toContainText('No folder watched');
  await expect(page.getByRole('heading', { name: 'Watch a beamtime' })).toBeVisible();
});

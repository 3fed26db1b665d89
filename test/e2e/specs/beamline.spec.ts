import { seriousFindings } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

test('asks once for what files do not record, and remembers it', async ({ open }) => {
  const { top, beamline } = await open(scenarios.beamtime);
  await top.openBeamline();
  await expect(beamline.root).toContainText('preset: 0.82');
  await beamline.field('Direct beam, row (px)').fill('255.5');
  await beamline.field('Detector distance (m)').fill('0.75');
  await beamline.field('Reflection h k l').fill('2 0 0');
  await beamline.press('Save answers');
  await expect(beamline.root).toContainText('give both the row and the column, or neither');
  await beamline.field('Direct beam, column (px)').fill('260');
  await beamline.press('Save answers');
  await expect(beamline.root).toContainText('Saved.');
  await beamline.close();
  await top.openBeamline();
  await expect(beamline.field('Direct beam, row (px)')).toHaveValue('255.5');
  await expect(beamline.field('Reflection h k l')).toHaveValue('2 0 0');
});

test('refuses numbers that cannot be', async ({ open }) => {
  const { top, beamline } = await open(scenarios.beamtime);
  await top.openBeamline();
  await beamline.field('Photon energy (eV)').fill('9');
  await beamline.field('Detector distance (m)').fill('-1');
  await beamline.field('Reflection h k l').fill('1 1');
  await beamline.press('Save answers');
  await expect(beamline.field('Photon energy (eV)')).toHaveAttribute('aria-invalid', 'true');
  await expect(beamline.field('Detector distance (m)')).toHaveAttribute('aria-invalid', 'true');
  await expect(beamline.root).toContainText('three whole numbers, such as 1 1 1');
});

test('judges the open scan again with the new answers', async ({ open }) => {
  const { app, top, beamline, queue } = await open(scenarios.beamtime);
  await queue.open('S0037');
  await top.openBeamline();
  await beamline.field('Detector distance (m)').fill('0.9');
  await beamline.press('Save and judge again');
  await expect(beamline.root).toHaveCount(0);
  await expect(queue.row('S0037')).toContainText('Waiting');
  const { id } = scenarios.beamtime.scans.find(({ scan }) => scan === 'S0037')!;
  expect(app.redone).toEqual([{ id, answers: expect.objectContaining({ distanceM: 0.9 }) }]);
});

test('shows the preset’s circles and detector, and saves corrections that hold', async ({ open }) => {
  const { top, beamline } = await open(scenarios.beamtime);
  await top.openBeamline();
  await expect(beamline.field('Sample circles 2, Motor')).toHaveValue('eta');
  await expect(beamline.field('Sample circles 2, Axis')).toHaveValue('x-');
  await expect(beamline.field('Pixel height (µm)')).toHaveValue('55');
  await beamline.field('Sample circles 2, Offset (°)').fill('about 2');
  await beamline.press('Save preset');
  await expect(beamline.field('Sample circles 2, Offset (°)')).toHaveAttribute('aria-invalid', 'true');
  await expect(beamline.root).toContainText('Correct the marked fields first.');
  await beamline.field('Sample circles 2, Offset (°)').fill('-0.25');
  await beamline.press('Save preset');
  await expect(beamline.root).toContainText('Saved.');
  await beamline.close();
  await top.openBeamline();
  await expect(beamline.field('Sample circles 2, Offset (°)')).toHaveValue('-0.25');
});

test('adds and removes circles, but never the last sample circle', async ({ open }) => {
  const { top, beamline } = await open(scenarios.beamtime);
  await top.openBeamline();
  await beamline.root.getByRole('button', { name: 'Add circle' }).first().click();
  await beamline.field('Sample circles 4, Motor').fill('chi');
  await beamline.press('Save preset');
  await expect(beamline.root).toContainText('Saved.');
  for (const motor of ['mu', 'eta', 'phi', 'chi']) await beamline.press(`Remove ${motor}`);
  await beamline.press('Save preset');
  await expect(beamline.root).toContainText('Correct the marked fields first.');
});

test('opens at the number that a waiting scan lacks', async ({ open, page }) => {
  const { beamline, queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0032');
  await verdict.root.getByRole('button', { name: 'Enter what is missing…' }).click();
  await expect(beamline.field('Photon energy (eV)')).toBeFocused();
  await expect(beamline.field('Photon energy (eV)')).toHaveAccessibleDescription(
    'needed: neither file nor preset has it',
  );
  await page.keyboard.type('9000');
  await expect(beamline.field('Photon energy (eV)')).toHaveValue('9000');
});

test('shows what the file recorded, names reflections that fit, and sets the beam that would make d exact', async ({
  open,
  page,
}) => {
  const { beamline, queue, top } = await open(scenarios.beamtime);
  await queue.open('S0037');
  await top.openBeamline();
  await expect(beamline.field('Photon energy (eV)')).toHaveAccessibleDescription(/^file: 9000/);
  await expect(beamline.root).toContainText('S0037: d = 2.2757 Å at its peak');
  await expect(beamline.root.getByRole('row', { name: /Pt \(1 1 1\)/ })).toContainText('0.44 %');
  await page.screenshot({ path: 'test-results/looks/geometry.png' });
  expect(await seriousFindings(page)).toEqual([]);
  await beamline.press('It is Pt (1 1 1)');
  await expect(beamline.field('Element')).toHaveValue('Pt');
  await expect(beamline.field('Reflection h k l')).toHaveValue('1 1 1');
  await beamline.root.getByRole('button', { name: 'row 252.3, column 261.0' }).click();
  await expect(beamline.field('Direct beam, row (px)')).toHaveValue('252.3');
  await expect(beamline.field('Direct beam, column (px)')).toHaveValue('261.0');
  // Nothing is kept before it is saved.
  await beamline.close();
  await top.openBeamline();
  await expect(beamline.field('Direct beam, row (px)')).toHaveValue('');
});

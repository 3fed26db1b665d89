import { seriousFindings } from '../support/axe';
import { fakeScan, judged } from '../support/fake-scans';
import { expect, test, type Screen } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const beamtime = scenarios.beamtime;

/** Opens a screw and has its verdict explained to the end. */
async function explained(screen: Screen): Promise<void> {
  const { app, explain, queue } = screen;
  await queue.open('S0037');
  await explain.explain.click();
  await expect(explain.stop).toBeVisible();
  await app.occlusion.begun();
  app.occlusion.advance('fine', 412);
  await expect(explain.explain).toHaveText('Explain again');
}

test('is paused and gone on with, and stopped while it is paused', async ({ open }) => {
  const { app, explain, queue } = await open(beamtime);
  await queue.open('S0037');
  await explain.explain.click();
  await app.occlusion.begun();
  app.occlusion.advance('coarse', 300);
  await explain.pause.click();
  await expect(explain.root).toContainText('Paused: the occlusion map is as far as it came');
  await expect(explain.layers).toHaveCount(3);
  await explain.goOn.click();
  app.occlusion.advance('coarse', 400);
  await expect(explain.root).toContainText('Coarse grid: 400 of 729 places');
  await explain.pause.click();
  await explain.stop.click();
  await expect(explain.root).toContainText('Stopped: the occlusion map is as far as it came.');
  expect(app.occlusion.state.status).toBe('stopped');
});

test('shows what a verdict rests on while it is found out, and says it in words', async ({ open }) => {
  const { app, explain, queue } = await open(beamtime);
  await queue.open('S0037');
  await expect(explain.root).toContainText('Hides one place of the volume after another');
  await expect(explain.layers).toHaveCount(0);
  await explain.explain.click();
  await expect(explain.root).toContainText('Reading the volume…');
  await app.occlusion.begun();
  app.occlusion.advance('coarse', 300);
  await expect(explain.root).toContainText('Coarse grid: 300 of 729 places');
  await expect(explain.progress).toHaveAttribute('value', '300');
  await expect(explain.layers).toHaveCount(3);
  await expect(explain.atCrosshair).toHaveText('not yet');
  app.occlusion.advance('fine', 100);
  await expect(explain.root).toContainText('Refining where something happens: 100 of 412 places');
  app.occlusion.advance('fine', 412);
  await expect(explain.progress).toHaveCount(0);
  await expect(explain.root).toContainText('With nothing hidden: 97.4 % for a screw dislocation.');
  await expect(explain.root).toContainText(
    /It falls most, by 8\d\.\d points to 9\.\d\s%, when the ball stands 5\.7 voxels/,
  );
  await expect(explain.root).toContainText(/Hiding a place 2\d\.\d voxels from the peak raises it by \d\.\d points/);
  await expect(explain.colourBar).toHaveAttribute(
    'aria-label',
    'Fall of the probability of a screw dislocation when a ball of radius 13 voxels hides this place, in percentage points',
  );
});

test('lays the map over the cuts, as dense as one likes, and takes it off', async ({ open, page }) => {
  const screen = await open(beamtime);
  const { explain } = screen;
  await explained(screen);
  await explain.goThere.click();
  await expect(explain.layers).toHaveCount(3);
  const strongest = async (cut: number): Promise<number> => (await explain.opacities(cut)).strongest;
  for (const cut of [0, 1, 2]) await expect.poll(() => strongest(cut)).toBeGreaterThan(150);
  // Away from everything nothing lies over the cut.
  const { strongest: dense, corner } = await explain.opacities(0);
  expect(corner).toBeLessThan(20);
  await explain.opacity.fill('0.3');
  await expect.poll(() => strongest(0)).toBeLessThan(dense / 2);
  await page.keyboard.press('w');
  await expect(explain.layers).toHaveCount(0);
  await expect(explain.overlay).not.toBeChecked();
  await explain.overlay.check();
  await expect(explain.layers).toHaveCount(3);
});

test('gives the number for the place of the crosshair', async ({ open, page }) => {
  const screen = await open(beamtime);
  const { explain, slices } = screen;
  await explained(screen);
  await explain.goThere.click();
  await expect(explain.atCrosshair).toHaveText(/^falls by 8\d\.\d points to 9\.\d\s%$/);
  const there = await slices.crosshair();
  expect(there[1]).toBeCloseTo(4 * 0.00071, 5);
  expect(there[2]).toBeCloseTo(-4 * 0.00071, 5);
  await slices.cut(2).focus();
  for (let n = 0; n < 6; n++) await page.keyboard.press('Shift+ArrowLeft');
  await expect(explain.atCrosshair).not.toHaveText(/falls by 8/);
});

test('stops on the key, keeps what there is, and begins again', async ({ open, page }) => {
  const { app, explain, queue } = await open(beamtime);
  await queue.open('S0037');
  await expect(explain.explain).toBeEnabled();
  await page.keyboard.press('e');
  await expect(explain.stop).toBeVisible();
  await app.occlusion.begun();
  app.occlusion.advance('coarse', 500);
  await expect(explain.root).toContainText('500 of 729');
  await page.keyboard.press('e');
  await expect(explain.root).toContainText('Stopped: the occlusion map is as far as it came.');
  expect(app.occlusion.state.status).toBe('stopped');
  await expect(explain.layers).toHaveCount(3);
  await page.keyboard.press('e');
  await expect(explain.stop).toBeVisible();
});

test('gives up at another scan or another verdict, and keeps a finished map for coming back', async ({ open }) => {
  const screen = await open(beamtime);
  const { app, explain, queue } = screen;
  await explained(screen);
  await queue.open('S0036');
  await expect(explain.layers).toHaveCount(0);
  await explain.explain.click();
  await app.occlusion.begun();
  app.occlusion.advance('coarse', 50);
  await expect(explain.root).toContainText('50 of 729');
  await queue.open('S0037');
  await expect.poll(() => app.occlusion.state.status).toBe('stopped');
  await expect(explain.root).toContainText('With nothing hidden: 97.4 %');
  await expect(explain.layers).toHaveCount(3);
  app.announce(judged(37, 'edge', 0.7));
  await expect(explain.layers).toHaveCount(0);
  await expect(explain.root).not.toContainText('With nothing hidden');
});

test('says of a map by another model that it is', async ({ open }) => {
  const screen = await open(beamtime);
  const { app, explain } = screen;
  await explained(screen);
  const { map } = app.occlusion.state;
  app.occlusion.set({ map: { ...map!, class: 'edge', model: 'another' } });
  await expect(explain.root).toContainText('Made with another model than the one in use now.');
  await expect(explain.root).toContainText('The model in use now says an edge dislocation');
});

test('says which Burgers vectors hide, and which reflection would show them', async ({ open }) => {
  const { explain, queue } = await open(beamtime);
  await queue.open('S0037');
  await expect(explain.blind).toContainText('½[1 −1 0]');
  await expect(explain.blind).toContainText('½[1 0 −1]');
  await expect(explain.blind).toContainText('½[0 1 −1]');
  await expect(explain.blind).toContainText('leave no trace in (1 1 1)');
  await expect(explain.row('(2 −2 0)')).toContainText(/one of 3\s*90°\s*all 3\s*none/);
  await expect(explain.row('(1 1 −1)')).toContainText('70.5°');
  await expect(explain.blind).toContainText(
    /Or two at lower angles: \(.*\) and \(.*\), each 70\.5° from Q, leave none\./,
  );
});

test('explains no scan that has no volume', async ({ open }) => {
  const { explain, queue } = await open({
    ...beamtime,
    scans: [judged(1, 'screw'), judged(2, 'perfect')],
    failing: ['scans/volume'],
  });
  await queue.open('S0001');
  await expect(explain.explain).toBeDisabled();
  await expect(explain.root).toContainText('There is no volume to explain yet.');
});

for (const theme of ['light', 'dark'] as const) {
  test(`looks right in ${theme}`, async ({ page, open }) => {
    await page.emulateMedia({ colorScheme: theme });
    const screen = await open(beamtime);
    await expect(screen.slices.cuts).toHaveCount(3);
    await explained(screen);
    await expect(screen.slices.rockingCurve.locator('svg').first()).toBeVisible();
    await page.screenshot({ path: `test-results/looks/explained-${theme}.png` });
    await screen.explain.blind.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `test-results/looks/blind-${theme}.png` });
    expect(await seriousFindings(page)).toEqual([]);
    await screen.explain.explain.click();
    await screen.app.occlusion.begun();
    screen.app.occlusion.advance('coarse', 420);
    await expect(screen.explain.progress).toBeVisible();
    await page.screenshot({ path: `test-results/looks/explaining-${theme}.png` });
  });
}

test('explains by itself what was just judged, to who follows, and lays it over the cuts when asked for', async ({
  open,
  page,
}) => {
  const { app, explain, queue } = await open({ ...scenarios.waiting, scans: [judged(1, 'edge'), judged(2, 'screw')] });
  await app.occlusion.begun();
  app.occlusion.advance('fine', 412);
  await expect(explain.root).toContainText('With nothing hidden: 97.0 % for a screw dislocation.');
  await expect(explain.layers).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(explain.layers).toHaveCount(3);
  // The next one arrives: the last verdict stays until there is another.
  app.announce(fakeScan(3, { state: 'arriving', framesPresent: 3 }));
  await expect(queue.row('S0003')).toBeVisible();
  await expect(queue.selected).toContainText('S0002');
  await expect(explain.root).toContainText('With nothing hidden');
  app.announce(judged(3, 'perfect'));
  await expect(queue.selected).toContainText('S0003');
  await expect.poll(() => app.occlusion.state).toMatchObject({ id: 'scan-3', status: 'running' });
});

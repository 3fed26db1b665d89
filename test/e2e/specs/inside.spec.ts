import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { seriousFindings, sticksOut } from '../support/axe';
import { fakePicture, idOf } from '../support/fake-inside';
import { expect, test, type Screen } from '../support/fixtures';
import { InsidePanel } from '../pages/inside-panel';
import { readPng } from '../support/png';
import { scenarios } from '../support/scenarios';

const beamtime = scenarios.beamtime;

/** Opens a scan whose crystal has been looked into, and shows it. */
async function shown(screen: Screen, scan = 'S0037'): Promise<InsidePanel> {
  const panel = new InsidePanel(screen.page);
  screen.app.inside.advance(await idOf(screen.app, scan), 5);
  await screen.queue.open(scan);
  await panel.button('Show the crystal').click();
  await expect(panel.bodies).toHaveCount(1);
  await expect.poll(async () => (await panel.picture(panel.bodies)).drawn).toBeGreaterThan(10_000);
  return panel;
}

test('looks inside on asking, shows how far it is, and the crystal as it grows', async ({ open, page }) => {
  const screen = await open(beamtime);
  const { app, queue } = screen;
  const panel = new InsidePanel(page);
  await queue.open('S0037');
  await expect(panel.root).toContainText('Retrieves the phases of this pattern');
  await panel.button('Look inside').click();
  await expect(panel.crystal).toContainText('The first picture comes with the first retrieval.');
  await expect(panel.root.getByRole('status')).toHaveText('Retrieval 1 of 5');
  const id = await idOf(screen.app, 'S0037');
  app.inside.advance(id, 1.4);
  await expect(panel.root.getByRole('status')).toHaveText('Retrieval 2 of 5');
  await expect(panel.progress).toHaveAttribute('value', '1.4');
  await expect(panel.root).toContainText('So far:');
  await expect(panel.bodies).toHaveCount(1);
  await expect(panel.root).toContainText('1 of 1 retrievals');
  app.inside.advance(id, 3);
  await expect(panel.root).toContainText('3 of 3 retrievals');
  app.inside.advance(id, 5);
  await expect(panel.progress).toHaveCount(0);
  await expect(panel.root).toContainText('There is a dislocation line through the crystal, of a screw.');
  await expect(panel.root).toContainText('The phase winds once about it; it runs at 35° to Q.');
  await expect(panel.root).toContainText('The network says the same.');
  await expect(panel.root).toContainText(/Agree\s*5 of 5 retrievals/);
  await expect(panel.root).toContainText(/Free error\s*8\s%/);
  await expect(panel.root).toContainText(/Size\s*226 nm/);
  await expect(panel.root).toContainText(/Strain, r\.m\.s\.\s*0\.0\d+ %/);
  await expect(panel.root.getByRole('row')).toHaveCount(2);
});

test('is asked for by key, stopped, and left for the pattern by key', async ({ open, page }) => {
  const { app, queue, slices } = await open(beamtime);
  const panel = new InsidePanel(page);
  await queue.open('S0037');
  await expect(panel.button('Look inside')).toBeEnabled();
  await page.keyboard.press('d');
  await expect(panel.button('Stop')).toBeVisible();
  await expect(slices.cuts).toHaveCount(0);
  await panel.button('Stop').click();
  await expect(panel.crystal).toContainText('Nobody has looked inside this crystal yet.');
  await page.keyboard.press('d');
  await expect(slices.cuts).toHaveCount(3);
  await expect(panel.crystal).toHaveCount(0);
  expect([...app.inside.begun]).toHaveLength(1);
});

test('turns the crystal by mouse and keys, and follows level, opacity and colour', async ({ open, page }) => {
  const screen = await open(beamtime);
  const panel = await shown(screen);
  const body = panel.bodies;
  const look = async (): Promise<string> => (await panel.picture(body)).data;
  const changes = async (act: () => Promise<unknown>): Promise<void> => {
    const before = await look();
    await act();
    await expect.poll(look).not.toBe(before);
  };
  const first = await look();
  await body.focus();
  await changes(() => page.keyboard.press('ArrowLeft'));
  await changes(() => page.keyboard.press('ArrowUp'));
  await changes(() => page.keyboard.press('+'));
  await page.keyboard.press('Home');
  await expect.poll(look).toBe(first);
  const box = (await body.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await changes(async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y - 30, { steps: 4 });
    await page.mouse.up();
  });
  await changes(() => panel.level.fill('0.6'));
  await expect(body).toHaveAccessibleName(/surface at 0\.60 of the largest amplitude/);
  await changes(() => panel.opacity.fill('1'));
  await expect(panel.bar).toHaveAccessibleName('Phase, rad: −π – π');
  await changes(() => panel.quantity('Displacement').click());
  await expect(panel.bar).toHaveAccessibleName(/^Displacement along Q, Å: −/);
  await changes(() => page.keyboard.press('q'));
  await expect(panel.quantity('Strain')).toHaveAttribute('aria-pressed', 'true');
  await expect(panel.cut('Strain', 'Q∥')).toBeVisible();
});

test('has cuts that meet where one points, in the crystal and in each other', async ({ open, page }) => {
  const screen = await open(beamtime);
  const panel = await shown(screen);
  await expect(panel.cuts).toHaveCount(6);
  expect((await panel.picture(panel.cut('Amplitude', 'Q∥'))).colours).toBeGreaterThan(3);
  expect((await panel.picture(panel.cut('Phase', 'Q∥'))).colours).toBeGreaterThan(20);
  const along = panel.cut('Phase', 'Q∥');
  await expect(along).toHaveAccessibleName(/at 0 nm/);
  await panel.cut('Amplitude', 'Q⊥v').focus();
  // Upwards in the cut across the third axis is along Q.
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowUp');
  await expect(along).toHaveAccessibleName(/at \+\d+ nm/);
  await along.focus();
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(along).toHaveAccessibleName(/at 0 nm/);
  const before = (await panel.picture(panel.cut('Phase', 'Q⊥h'))).data;
  const box = (await panel.bodies.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(along).not.toHaveAccessibleName(/at 0 nm/);
  await expect.poll(async () => (await panel.picture(panel.cut('Phase', 'Q⊥h'))).data).not.toBe(before);
  await panel.button('Show').click();
  await expect(along).toHaveAccessibleName(/at 0 nm/);
});

test('has no figure under 200 pixels wide or high at 1280 x 800', async ({ open }) => {
  const panel = await shown(await open(beamtime));
  const cuts = panel.crystal
    .getByRole('figure')
    .filter({ has: panel.page.getByRole('application', { name: /cut across/ }) });
  await expect(cuts).toHaveCount(6);
  const boxes = await Promise.all([panel.bodies, ...(await cuts.all())].map(async (figure) => figure.boundingBox()));
  expect(boxes.filter((box) => !box || box.width < 200 || box.height < 200)).toEqual([]);
});

test('says in plain words what there is not, and why nothing is said', async ({ open, page }) => {
  const screen = await open(beamtime);
  const { app, queue } = screen;
  const panel = new InsidePanel(page);
  const id = await idOf(screen.app, 'S0036');
  await queue.open('S0036');
  app.inside.advance(id, 5);
  await expect(panel.root).toContainText('There is no dislocation line: the phase is one surface');
  await expect(panel.root.getByRole('table')).toHaveCount(0);
  const ready = app.inside.state(id);
  const undecided = { ...ready.opinion!, says: 'undecided' as const, reason: 'disagree' as const, agreeing: 2 };
  app.inside.set({ ...ready, opinion: undecided });
  await expect(panel.root).toContainText('Undecided. Only 2 of 5 retrievals show the same.');
  app.inside.set({ ...ready, opinion: { ...undecided, reason: 'unexplained', freeError: 0.43 } });
  await expect(panel.root).toContainText('leaves 43 % of the amplitude it was not told unexplained');
  // Against a sure verdict of defect-free.
  app.inside.set({ ...ready, opinion: { ...ready.opinion!, says: 'line', character: 'mixed' } });
  await expect(panel.root).toContainText('of mixed character');
  await expect(panel.root).toContainText('The network says otherwise: take its verdict with care.');
});

test('says why it failed, and looks again', async ({ open, page }) => {
  const screen = await open(beamtime);
  const { app, queue } = screen;
  const panel = new InsidePanel(page);
  const id = await idOf(screen.app, 'S0037');
  await queue.open('S0037');
  await expect(panel.button('Look inside')).toBeEnabled();
  const problem = new BraggwatchError('volume-missing').toProblem();
  app.inside.set({ id, status: 'failed', done: 0, total: 0, pictured: 0, opinion: null, problem });
  await expect(panel.root.getByRole('alert')).toContainText('volume-missing');
  await panel.button('Look again').click();
  await expect(panel.root.getByRole('alert')).toHaveCount(0);
  await expect(panel.button('Stop')).toBeVisible();
});

test('sets two crystals above each other, turned alike', async ({ open, page }) => {
  const screen = await open(beamtime);
  const { app, queue } = screen;
  const panel = await shown(screen);
  await page.keyboard.press('v');
  app.inside.advance(await idOf(screen.app, 'S0036'), 5);
  await queue.open('S0036');
  await expect(panel.bodies).toHaveCount(2);
  await expect(panel.cuts).toHaveCount(12);
  const both = async (): Promise<string[]> => [
    (await panel.picture(panel.bodies.first())).data,
    (await panel.picture(panel.bodies.last())).data,
  ];
  const before = await both();
  await panel.bodies.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await both()).every((data, n) => data !== before[n])).toBe(true);
  await page.screenshot({ path: 'test-results/looks/inside-compared.png' });
  expect(await sticksOut(page)).toBe(0);
  await page.keyboard.press('v');
  await expect(panel.bodies).toHaveCount(1);
});

test('saves what is seen, as PNG and SVG', async ({ open, page }) => {
  const screen = await open(beamtime);
  const panel = await shown(screen);
  const saved = async (act: () => Promise<unknown>) => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const png = await saved(() => page.keyboard.press('s'));
  expect(png.name).toBe('S0037_Pt_particle_L2_111_inside_phase.png');
  const { rgb } = readPng(png.bytes);
  expect(new Set(rgb.filter((_, n) => n % 3 === 0)).size).toBeGreaterThan(60);
  mkdirSync('test-results/looks', { recursive: true });
  writeFileSync('test-results/looks/saved-crystal.png', png.bytes);
  await expect(panel.save('SVG')).toBeVisible();
  const svg = await saved(() => page.keyboard.press('Shift+G'));
  expect(svg.bytes.toString()).toContain('Surface at 0.35 of the largest amplitude');
  expect(svg.bytes.toString().match(/<image /g)).toHaveLength(7);
});

test('is found again as it was left', async ({ open, page }) => {
  const screen = await open(beamtime);
  const panel = await shown(screen);
  await panel.quantity('Strain').click();
  await panel.level.fill('0.5');
  await panel.bodies.focus();
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => localStorage.getItem('braggwatch.inside')?.includes('"strain"'));
  // A turn is kept once it has come to rest.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('braggwatch.inside'))).toContain('"level":0.5');
  const turned = async (): Promise<string> => (await panel.picture(panel.bodies)).data;
  const before = await turned();
  await page.waitForTimeout(800);
  await page.reload();
  await screen.queue.open('S0037');
  await panel.button('Show the crystal').click();
  await expect(panel.quantity('Strain')).toHaveAttribute('aria-pressed', 'true');
  await expect(panel.level).toHaveValue('0.5');
  await expect.poll(turned).toBe(before);
});

test('shows a crystal of unknown scale in voxels, and only what is known of it', async ({ open, page }) => {
  const screen = await open({
    ...beamtime,
    answering: {
      'inside/picture': async ({ id }) => {
        const scans = await screen.app.handlers['scans/list'](undefined);
        const known = fakePicture(scans.find((scan) => scan.id === id)!);
        return { ...known, voxelNm: null, displacement: null, strain: null };
      },
    },
  });
  const panel = await shown(screen);
  await expect(panel.quantity('Strain')).toBeDisabled();
  await expect(panel.cut('Phase', 'Q∥')).toHaveAccessibleName(/at 0 voxels/);
  await expect(page.getByText('Strain, r.m.s.')).toHaveCount(0);
});

test('lets who may only look see a crystal, and ask for none', async ({ open, page }) => {
  const screen = await open(beamtime, { readOnly: true });
  const panel = new InsidePanel(page);
  await screen.queue.open('S0036');
  await expect(panel.button('Look inside')).toBeDisabled();
  await shown(screen);
});

for (const theme of ['light', 'dark', 'night'] as const) {
  test(`looks right in ${theme}`, async ({ open, page }) => {
    await page.addInitScript((name) => localStorage.setItem('braggwatch.theme', name), theme);
    const screen = await open(beamtime);
    const panel = await shown(screen);
    await page.screenshot({ path: `test-results/looks/inside-${theme}.png` });
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(0);
    await page.setViewportSize({ width: 1920, height: 1080 });
    await panel.quantity('Displacement').click();
    await page.screenshot({ path: `test-results/looks/inside-${theme}-wide.png` });
  });
}

import type { InsideOpinion } from '@contract/inside';
import { heard } from '@core/verdict/witness';
import { fakeScan, judged } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

test('says what the network thinks, how sure it is, and on what it rests', async ({ open }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0037');
  await expect(verdict.headline).toHaveText('Screw dislocation');
  await expect(verdict.root).toContainText('The network is sure.');
  await expect(verdict.root).toContainText('Simulated: Screw dislocation (match)');
  await expect(verdict.root).toContainText(/Screw\s*97\.4 %/);
  await expect(verdict.root).toContainText(/Defect-free\s*1\.3 %/);
  await expect(verdict.root).toContainText('98.7 % for a dislocation of either kind');
  await expect(verdict.root).toContainText('Provisional model.');
  await expect(verdict.root).toContainText(/Reflection\s*\(1 1 1\)/);
  await expect(verdict.root).toContainText('½[1 −1 0]');
  await expect(verdict.root).toContainText('leave no trace in (1 1 1)');
  await expect(verdict.root).toContainText(/Oversampling\s*3\.9/);
  await expect(verdict.root).toContainText(/Voxel\s*0\.00071 Å⁻¹/);
  await expect(verdict.root).toContainText(/Model\s*three-class 4f1d08c2/);
  await expect(verdict.root).toContainText("The direct-beam pixel is not recorded; the preset's value was used.");
  await expect(verdict.geometry('direct beam')).toContainText('assumed');
  await expect(verdict.geometry('energy')).toContainText('file');
  await expect(verdict.geometry('element')).toContainText('your answer');
});

test('says when it is unsure', async ({ open }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0035');
  await expect(verdict.root).toContainText('Unsure: treat this as a hint.');
  await expect(verdict.root).toContainText('Simulated: Screw dislocation (mismatch)');
});

test('gives the two-class model’s opinion beside, and says so where it contradicts', async ({ open }) => {
  const opinion = { model: 'two-class', hash: 'ab12' };
  const agreeing = judged(1, 'screw', 0.97);
  const contradicted = judged(2, 'perfect', 0.95);
  const { queue, verdict } = await open({
    ...scenarios.beamtime,
    scans: [
      { ...agreeing, verdict: { ...agreeing.verdict!, beside: { ...opinion, class: 'defective', defective: 0.991 } } },
      {
        ...contradicted,
        verdict: {
          ...contradicted.verdict!,
          sure: false,
          doubts: ['models-disagree'],
          beside: { ...opinion, class: 'defective', defective: 0.81 },
        },
      },
    ],
  });
  await queue.open('S0001');
  await expect(verdict.root).toContainText(/Beside it, two-class:\s*defective, 99\.1 % for a dislocation/);
  await expect(verdict.root).toContainText('The network is sure.');
  await queue.open('S0002');
  await expect(verdict.headline).toHaveText('Defect-free');
  await expect(verdict.root).toContainText('Unsure: treat this as a hint. The two models contradict each other.');
  await expect(verdict.root).toContainText(/Beside it, two-class:\s*defective, 81\.0 % for a dislocation/);
});

test('says apart that it is sure of a defect and not of which one', async ({ open }) => {
  const dislocated = judged(1, 'screw', 0.62);
  const doubted = { ...dislocated.verdict!, defective: 0.97, sure: false, doubts: ['character' as const] };
  const { queue, verdict } = await open({ ...scenarios.beamtime, scans: [{ ...dislocated, verdict: doubted }] });
  await queue.open('S0001');
  await expect(verdict.root).toContainText('Sure of a defect, not of its kind.');
  await expect(verdict.root).toContainText('That there is a defect is certain; which kind it is, is not.');
  await expect(queue.row('S0001')).toContainText('kind unsure');
});

test('says of a scan that was not judged what happened, what was kept and what to do', async ({ open }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0034');
  await expect(verdict.headline).toHaveText('No verdict yet');
  await expect(verdict.root).toContainText('The Bragg peak lies at the edge of the detector');
  await expect(verdict.root).toContainText('brightest pixel at frame 0, row 12, column 515');
  await expect(verdict.root).toContainText(/What was kept\s*The scan is listed as rejected/);
  await expect(verdict.root).toContainText(/What to do\s*Centre the peak/);
});

test('keeps flag and note', async ({ open, page }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0036');
  await verdict.flag.click();
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'true');
  await verdict.note.fill('Twin boundary? Ask Lea.');
  await expect(verdict.root).toContainText('Not saved yet');
  await page.keyboard.press('Control+Enter');
  await expect(verdict.root).not.toContainText('Not saved yet');
  await verdict.note.fill('Twin boundary.');
  await queue.open('S0037');
  await expect(verdict.note).toHaveValue('Come back with the 200 reflection.');
  await page.reload();
  await queue.open('S0036');
  await expect(verdict.note).toHaveValue('Twin boundary.');
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'true');
});

test('typing a note never moves on to a scan that arrives', async ({ open }) => {
  const { app, queue, verdict } = await open(scenarios.beamtime);
  await expect(queue.follow).toBeChecked();
  await verdict.note.fill('half a sen');
  app.announce(fakeScan(99, { state: 'arriving', framesPresent: 1 }));
  await expect(queue.row('S0099')).toBeVisible();
  await expect(verdict.note).toHaveValue('half a sen');
  await expect(queue.selected).toContainText('S0041');
});

test('judges again on request', async ({ open }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0036');
  await verdict.judgeAgain.click();
  await expect(queue.row('S0036')).toContainText('Waiting');
  await expect(verdict.judgeAgain).toBeDisabled();
});

test('says what a line within the crystal settled of the network’s doubts', async ({ open }) => {
  const opinion: InsideOpinion = {
    says: 'line',
    ...{ starts: 5, agreeing: 5, freeError: 0.08, bodyNm: 226, phaseSpreadRad: 0.6 },
    lines: [{ lengthOfSize: 0.9, angleToQDeg: 35, winding: 1 }],
    character: 'screw',
  };
  const [strange, doubted] = [judged(1, 'screw', 0.96), judged(2, 'screw', 0.62)];
  const { queue, verdict } = await open({
    ...scenarios.beamtime,
    scans: [
      { ...strange, verdict: heard({ ...strange.verdict!, sure: false, doubts: ['unlike-training'] }, opinion) },
      { ...doubted, verdict: heard({ ...doubted.verdict!, sure: false, doubts: ['probability'] }, opinion) },
    ],
  });
  await queue.open('S0001');
  await expect(verdict.root).toContainText('Sure: phase retrieval shows the dislocation.');
  await expect(verdict.root).toContainText(
    'Phase retrieval settles what the network alone left open: unlike those trained on.',
  );
  await queue.open('S0002');
  await expect(verdict.root).toContainText('Sure of a defect, not of its kind.');
  await expect(verdict.root).toContainText('no class is probable enough.');
});

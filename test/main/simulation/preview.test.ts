import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseRecipe } from '@main/dataset/recipe';
import type { ChildPort } from '@main/process/launcher';
import { createPace } from '@main/simulation/outlook';
import { createPreviewer, type Previewer } from '@main/simulation/preview';
import provisional from '@resources/recipes/provisional.json';
import { builtLauncher, eventually } from '../../support/build';
import { isRunning } from '../../support/processes';

const small = parseRecipe({ ...provisional, sizeCells: [14, 16], oversampling: [4, 5] });
const large = parseRecipe({ ...provisional, sizeCells: [110, 120] });

function start(): Previewer {
  const previewer = createPreviewer(builtLauncher(), createPace());
  onTestFinished(() => previewer.close());
  return previewer;
}

describe('a preview', () => {
  it('shows a crystal and its pattern, the same each time', async () => {
    const previewer = start();
    const of = { recipe: small, crystal: 5, relaxed: false };
    const crystal = await previewer.crystal(of);
    expect(crystal?.atoms.total).toBeGreaterThan(2000);
    expect(crystal?.relaxation).toBeNull();
    const pattern = await previewer.pattern(of);
    expect(pattern?.volume.intensity.byteLength).toBe(4 * 64 ** 3);
    expect(await start().pattern(of)).toEqual(pattern);
  });

  it('does not wait for one that nobody wants any more: its process is ended', async () => {
    const launch = vi.fn(builtLauncher().launch);
    const previewer = createPreviewer({ launch }, createPace());
    onTestFinished(() => previewer.close());
    const old = previewer.crystal({ recipe: large, crystal: 0, relaxed: false });
    const wanted = await previewer.crystal({ recipe: small, crystal: 0, relaxed: false });
    expect(wanted?.facts.cells).toBeLessThan(17);
    expect(await old).toBeNull();
    expect(launch).toHaveBeenCalledTimes(2);
    const first = launch.mock.results[0]!.value as ChildPort;
    await eventually(() => !isRunning(first.pid!), 'its process has ended');
  });

  it('teaches the outlook this machine’s pace', async () => {
    const pace = createPace();
    const previewer = createPreviewer(builtLauncher(), pace);
    onTestFinished(() => previewer.close());
    await previewer.crystal({ recipe: small, crystal: 0, relaxed: false });
    expect(pace.measured).toBe(true);
  });
});

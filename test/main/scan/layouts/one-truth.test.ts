import { expect, it } from 'vitest';
import { factsPrint } from '@main/scan/fingerprint';
import { instruments } from '../../../helpers/instruments';
import { layouts, ofEnergy, type Layout } from '../../../helpers/layouts';
import { seen } from '../../../helpers/seen';
import { measure, type Measured } from '../../../helpers/truth';
import { temporaryFolders } from '../folder';

const newFolder = temporaryFolders();

it.each(Object.entries(ofEnergy))('%s, of the photon energy, shows the one crystal as it is', async (_, layout) => {
  await expectTheCrystal(layout, measure({ ...instruments[layout.instrument], rocks: 'energy' }));
});

/** Every beamline measures the same crystal, however it turns it and whichever way its pixels count. */
it.each(Object.entries(layouts))('%s shows the one crystal as it is', async (_, layout) => {
  await expectTheCrystal(layout, measure(instruments[layout.instrument]));
});

async function expectTheCrystal(layout: Layout, truth: Measured): Promise<void> {
  const scan = await seen(layout.write(newFolder(), truth), truth, layout.answers?.(truth));
  expect({ format: scan.facts.ref.format, preset: scan.preset }).toEqual({
    format: layout.format,
    preset: layout.preset,
  });
  // Or it would be taken for another scan than was listed, and read again.
  expect(scan.opened).toBe(factsPrint(scan.facts));
  expect(scan.frames).toBe(truth.instrument.frames);
  expect(Math.abs(scan.spacing - 1)).toBeLessThan(1e-3);
  expect(scan.tilt).toBeLessThan(1);
  expect(scan.correlation).toBeGreaterThan(0.99);
  // The same crystal seen from the other side of Q is another one: a mirrored volume would fit that.
  expect(scan.inverted).toBeLessThan(0.95);
  expect(scan.verdict).toBe('screw');
}

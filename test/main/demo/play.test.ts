import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoRecipe, drawSpecs, playBeamtime, type DemoRecipe, type PlayedScan } from '@main/demo';
import { masterPath } from '@main/demo/bliss';
import { blissReader } from '@main/scan/bliss';
import type { Counts } from '@main/files/counts';

/** The demo's beamtime with three short scans. */
const recipe: DemoRecipe = { ...demoRecipe, frames: [11, 14], fringes: 1, scans: demoRecipe.scans.slice(2, 5) };
const fast = { recipe, seed: 3, speed: Infinity };
const specs = drawSpecs(recipe, 3);

/** Stands for an array of counts too large to compare number by number. */
const digest = (counts: Counts): string => createHash('sha256').update(counts).digest('hex');

const read = (folder: string, index: number): { whole: boolean; present: number; counts: string } => {
  const source = blissReader.open({ format: 'bliss', source: masterPath(folder, specs[index]!), number: 1 });
  try {
    const { whole, framesPresent: present } = source.facts;
    return { whole, present, counts: digest(source.read(0, present)) };
  } finally {
    source.close();
  }
};

describe("the demo's beamtime", () => {
  it('has at least six scans of known truth, each kind among them, with whole frames', () => {
    const all = drawSpecs(demoRecipe, 1);
    expect(all.length).toBeGreaterThanOrEqual(6);
    expect(all.filter((s) => s.defect === 'perfect').length).toBeGreaterThanOrEqual(2);
    expect(all.filter((s) => s.defect === 'screw').length).toBeGreaterThanOrEqual(2);
    expect(all.filter((s) => s.defect === 'edge').length).toBeGreaterThanOrEqual(2);
    for (const { shape, frames } of all) {
      expect(shape).toEqual([516, 516]);
      expect(frames).toBeGreaterThanOrEqual(60);
    }
    expect(all.some((s) => s.defect !== 'perfect' && s.offCentre > 0.15)).toBe(true);
    expect(new Set(all.map((s) => s.dataset)).size).toBe(all.length);
    expect(drawSpecs(demoRecipe, 2).map((s) => s.defect)).not.toEqual(all.map((s) => s.defect));
  });

  describe('played', () => {
    let folder = '';
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'braggwatch-play-'));
      await playBeamtime(folder, fast);
    }, 180_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('leaves every scan whole and telling its truth', () => {
      expect(specs).toHaveLength(3);
      for (const spec of specs) {
        const [facts] = blissReader.list(masterPath(folder, spec));
        expect(facts).toMatchObject({ whole: true, framesPresent: spec.frames, truth: spec.defect });
      }
    });

    it('is found as it is by a second run', async () => {
      const before = readdirSync(folder, { recursive: true, withFileTypes: true }).map((file) => file.name);
      const played: PlayedScan[] = [];
      await playBeamtime(folder, { ...fast, onScan: (scan) => played.push(scan) });
      expect(played.map((scan) => scan.found)).toEqual([true, true, true]);
      expect(readdirSync(folder, { recursive: true, withFileTypes: true }).map((file) => file.name)).toEqual(before);
    });

    it('goes on after the last whole scan, and writes a scan that was cut off again, the same', async () => {
      const copy = mkdtempSync(join(tmpdir(), 'braggwatch-cut-'));
      try {
        cpSync(folder, copy, { recursive: true });
        // The second scan as a kill in mid-write may leave it: its table cut off.
        truncateSync(masterPath(copy, specs[1]!), 1000);
        rmSync(dirname(masterPath(copy, specs[2]!)), { recursive: true });
        const played: boolean[] = [];
        await playBeamtime(copy, { ...fast, onScan: (scan) => played.push(scan.found) });
        expect(played).toEqual([true, false, false]);
        for (const index of [1, 2]) expect(read(copy, index)).toEqual(read(folder, index));
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    });
  });

  it('grows scan by scan and block by block, and stops in mid-scan when told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'braggwatch-stop-'));
    try {
      let blocks = 0;
      await playBeamtime(folder, { ...fast, mayWrite: () => ++blocks <= 5 });
      // Asked once for the header and once for each of ten blocks.
      const half = read(folder, 0);
      expect(half.whole).toBe(false);
      expect(half.present).toBe(4 * Math.ceil(specs[0]!.frames / 10));
      expect(existsSync(masterPath(folder, specs[1]!))).toBe(false);

      const controller = new AbortController();
      const playing = playBeamtime(folder, { ...fast, signal: controller.signal, onScan: () => controller.abort() });
      await expect(playing).rejects.toThrow(/abort/i);
      expect(read(folder, 0).whole).toBe(true);
      expect(existsSync(masterPath(folder, specs[2]!))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

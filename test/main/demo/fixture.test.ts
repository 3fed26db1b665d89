import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axisFromCxi } from '@core/geometry/circles';
import { createQMap, spacing, type ScanGeometry } from '@core/geometry/q';
import { writeScan, type FixtureScan } from '@main/demo';
import { blissReader } from '@main/scan/bliss';
import { claimOf } from '@main/scan/formats';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts } from '@main/scan/types';

/** Lattice spacing of Pt {111}, angstrom. */
const D_111 = 3.9242 / Math.sqrt(3);

const facts = (scan: FixtureScan): ScanFacts => {
  const found = blissReader.list(scan.master);
  expect(found).toHaveLength(1);
  return found[0]!;
};

const frames = (scan: FixtureScan, from: number, to: number): number[] => {
  const source = blissReader.open({ format: 'bliss', source: scan.master, number: scan.spec.number });
  try {
    return [...source.read(from, to)];
  } finally {
    source.close();
  }
};

describe('a simulated scan, read as any other', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'braggwatch-fixture-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says what it is, and its brightest pixel lies at the lattice spacing by the file alone', () => {
    const scan = writeScan(folder, { dataset: 'whole', defect: 'screw', seed: 11 });
    const read = facts(scan);
    expect(read).toMatchObject({
      name: 'test_whole #1',
      motor: 'eta',
      framesExpected: 41,
      framesPresent: 41,
      whole: true,
      frameShape: [96, 96],
      energyEv: 9000,
      distanceM: 0.35,
      directBeam: [44.5, 50.25],
      detectorName: 'mpx1x4',
      truth: 'screw',
    });
    expect(claimOf(scan.master, 'file')?.format).toBe('hdf5');
    expect(readerOf('hdf5').list(scan.master)[0]?.ref.format).toBe(blissReader.format);

    // ID01's circles as FORMATS section 0b has them, everything else from the file.
    const angle = (motor: string): number[] =>
      [read.positions[motor]!].flat().flatMap((v) => (typeof v === 'number' ? [v] : [...v]));
    const geometry: ScanGeometry = {
      sampleCircles: [axisFromCxi('y-'), axisFromCxi('x-'), axisFromCxi('y-')],
      sampleAngles: [angle('mu'), angle('eta'), angle('phi')],
      detectorCircles: [axisFromCxi('y-'), axisFromCxi('x-')],
      detectorAngles: [angle('nu')[0]!, angle('delta')[0]!],
      detectorDirections: [axisFromCxi('y-'), axisFromCxi('x+')],
      energyEv: read.energyEv!,
      distanceM: read.distanceM!,
      pixelM: read.pixelM!,
      directBeam: read.directBeam!,
    };
    const counts = frames(scan, 0, 41);
    const brightest = counts.indexOf(counts.reduce((a, b) => Math.max(a, b)));
    const place = [Math.floor(brightest / 96 ** 2), Math.floor(brightest / 96) % 96, brightest % 96] as const;
    // Strain and dislocation move the maximum by a fringe or two: a part in 1000 of |q|.
    expect(spacing(createQMap(geometry).at(...place)) / D_111).toBeCloseTo(1, 2);
    scan.spec.peak.forEach((expected, axis) => expect(Math.abs(place[axis]! - expected)).toBeLessThan(12));
    // As bright as asked, to five standard deviations.
    expect(Math.abs(counts[brightest]! - scan.spec.peakCounts)).toBeLessThan(5 * Math.sqrt(scan.spec.peakCounts));
  });

  it('is under way until it is ended', () => {
    const short = { frames: 9, peak: [4, 47, 49] } as const;
    const none = facts(writeScan(folder, { ...short, dataset: 'none', upTo: 0 }));
    expect(none).toMatchObject({ framesExpected: 9, framesPresent: 0, whole: false });
    const some = facts(writeScan(folder, { ...short, dataset: 'some', upTo: 5 }));
    expect(some).toMatchObject({ framesExpected: 9, framesPresent: 5, whole: false });
    expect(some.positions['eta']).toHaveLength(5);
    const open = facts(writeScan(folder, { ...short, dataset: 'open', ended: false }));
    expect(open).toMatchObject({ framesPresent: 9, whole: false });
    expect(facts(writeScan(folder, { ...short, dataset: 'aborted', upTo: 6, ended: true })).framesPresent).toBe(6);
  });

  it('holds the same photons with a faulty detector as with a flawless one', () => {
    const clean = writeScan(folder, { dataset: 'clean', frames: 9, peak: [4, 47, 49] });
    const gaps = [{ rows: [0, 96] as [number, number], cols: [70, 73] as [number, number] }];
    const hot = writeScan(folder, { dataset: 'hot', frames: 9, peak: [4, 47, 49], hotPixels: 20, gaps });
    const [a, b] = [frames(clean, 0, 9), frames(hot, 0, 9)];
    const touched = new Set<number>();
    a.forEach((count, i) => count !== b[i] && touched.add(i % 96 ** 2));
    const outside = [...touched].filter((pixel) => pixel % 96 < 70 || pixel % 96 >= 73);
    expect(outside.length).toBeGreaterThan(10);
    expect(outside.length).toBeLessThanOrEqual(20);
    for (let i = 0; i < b.length; i++) if (i % 96 >= 70 && i % 96 < 73) expect(b[i]).toBe(0);
  });

  it('gives the same bytes for the same spec, others for another seed', () => {
    const short = { frames: 7, peak: [3, 47, 49] } as const;
    const first = frames(writeScan(folder, { ...short, dataset: 'one' }), 0, 7);
    expect(frames(writeScan(folder, { ...short, dataset: 'two' }), 0, 7)).toEqual(first);
    expect(frames(writeScan(folder, { ...short, dataset: 'three', seed: 2 }), 0, 7)).not.toEqual(first);
  });

  it('spaces its fringes by the size of its crystal', () => {
    // The autocorrelation of the intensity is that of the crystal squared with itself: along the rocking curve through the peak
    // its first minimum-free extent is the crystal's thickness there, which for a Winterbottom shape is near its cube root of volume.
    const scan = writeScan(folder, {
      dataset: 'fringes',
      strainRad: 0,
      background: 0.001,
      peakCounts: 1e6,
      fringes: 6,
      frames: 61,
      peak: [30, 47, 49],
    });
    const counts = frames(scan, 0, 61);
    const line = Array.from({ length: 61 }, (_, f) => counts[f * 96 ** 2 + 47 * 96 + 49]!);
    const minima = line.flatMap((n, i) => (i > 0 && i < 60 && n < line[i - 1]! && n <= line[i + 1]! ? [i] : []));
    const around = [Math.max(...minima.filter((i) => i < 30)), Math.min(...minima.filter((i) => i > 30))];
    const map = createQMap(scan.geometry);
    const width = Math.hypot(...map.at(around[1]!, 47, 49).map((q, i) => q - map.at(around[0]!, 47, 49)[i]!));
    // A slab of thickness t has its first minima 4 pi / t apart.
    const thickness = (4 * Math.PI) / width;
    expect(thickness / scan.sizeAngstrom).toBeGreaterThan(0.6);
    expect(thickness / scan.sizeAngstrom).toBeLessThan(1.5);
  });
});

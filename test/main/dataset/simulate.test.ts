import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centreOfMass } from '@core/reduce/centre';
import { parseRecipe, type Recipe } from '@main/dataset/recipe';
import { mergeSet, simulate } from '@main/dataset/simulate';
import { decodeNpy } from '@main/files/npy';
import provisional from '@resources/recipes/provisional.json';
import { fingerprint } from '../../support/dataset';

const VOXELS = 64 ** 3;
const root = mkdtempSync(join(tmpdir(), 'dataset-'));
afterAll(() => rmSync(root, { recursive: true }));

const recipe: Recipe = parseRecipe({
  ...provisional,
  name: 'small',
  crystals: 3,
  orientations: 1,
  sizeCells: [12, 13],
  oversampling: [4, 5],
  crystalsPerShard: 1,
});

interface Line {
  crystal: number;
  label: string;
  split: string;
  oversampling: number;
  shift: [number, number, number];
  peakShare: number;
  frame: number[][];
  dq: number;
}
const lines = (folder: string, name: string): Line[] =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);

describe('simulate', () => {
  const whole = join(root, 'whole');
  const stopped = join(root, 'stopped');
  let reference: Record<string, string>;
  const progress: number[] = [];
  beforeAll(async () => {
    await simulate(recipe, whole, { onProgress: (p) => progress.push(p.crystals) });
    reference = fingerprint(whole);
    const stop = new AbortController();
    const run = simulate(recipe, stopped, {
      signal: stop.signal,
      onProgress: ({ crystals }) => {
        if (crystals === 1) stop.abort(new Error('killed'));
      },
    });
    await expect(run).rejects.toThrow('killed');
  });

  it('writes shards, a line for every pattern and crystal, and its recipe', () => {
    expect(Object.keys(reference)).toEqual([
      'crystals.jsonl',
      'manifest.jsonl',
      'patterns-0000.npy',
      'patterns-0001.npy',
      'patterns-0002.npy',
      'recipe.json',
      'statistics.json',
      'statistics.svg',
    ]);
    expect(decodeNpy(readFileSync(join(whole, 'patterns-0000.npy'))).shape).toEqual([1, 64, 64, 64]);
    expect(lines(whole, 'manifest.jsonl').map((l) => l.crystal)).toEqual([0, 1, 2]);
    expect(lines(whole, 'crystals.jsonl').map((l) => l.crystal)).toEqual([0, 1, 2]);
    expect(parseRecipe(JSON.parse(readFileSync(join(whole, 'recipe.json'), 'utf8')))).toEqual(recipe);
    expect(progress).toEqual([0, 1, 2, 3]);
  });

  it('gives patterns of maximum 1, centred to their shift, sampled within the range, first axis along Q', () => {
    const manifest = lines(whole, 'manifest.jsonl');
    const crystals = lines(whole, 'crystals.jsonl') as unknown as {
      g: number[];
      sizeAngstrom: number;
      label: string;
    }[];
    const patterns = [0, 1, 2].flatMap((shard) => {
      const { shape, data } = decodeNpy(readFileSync(join(whole, `patterns-000${shard}.npy`)));
      return Array.from({ length: shape[0]! }, (_, n) =>
        Float32Array.from(data.subarray(n * VOXELS, (n + 1) * VOXELS)),
      );
    });
    expect([manifest.length, patterns.length]).toEqual([3, 3]);
    manifest.forEach((line, n) => {
      const pattern = patterns[n]!;
      const crystal = crystals[line.crystal]!;
      expect(pattern.every((x) => x >= 0 && x <= 1)).toBe(true);
      expect(pattern.includes(1)).toBe(true);
      centreOfMass(pattern).forEach((c, axis) => expect(Math.abs(c - 32 - line.shift[axis]!)).toBeLessThan(0.3));
      expect(line.oversampling).toBeGreaterThanOrEqual(4);
      expect(line.oversampling).toBeLessThanOrEqual(5);
      expect(line.dq * crystal.sizeAngstrom * line.oversampling).toBeCloseTo(2 * Math.PI, 9);
      const g = Math.hypot(...crystal.g);
      line.frame[0]!.forEach((x, axis) => expect(x).toBeCloseTo(crystal.g[axis]! / g, 9));
      expect(line.label).toBe(crystal.label);
      // Strain and dislocations only ever dim the peak.
      expect(line.peakShare).toBeLessThanOrEqual(1.0001);
      expect(line.peakShare).toBeGreaterThan(line.label === 'perfect' ? 0.5 : 0.05);
    });
  });

  const shard = 'patterns-0001.npy';
  it.each([
    ['between two patterns', (): void => undefined],
    [
      'that left half files, of processes gone and of an earlier version',
      (folder: string): void => {
        writeFileSync(join(folder, `${shard}.${hostname()}-4194305.part`), 'half');
        writeFileSync(join(folder, `${shard}.part`), 'half');
        writeFileSync(join(folder, 'shards', `0001.json.elsewhere-17.part`), 'half');
      },
    ],
    [
      'with a shard there but not its record',
      (folder: string): void => copyFileSync(join(whole, shard), join(folder, shard)),
    ],
    [
      'with a record there but not its shard',
      (folder: string): void => copyFileSync(join(whole, 'shards', '0001.json'), join(folder, 'shards', '0001.json')),
    ],
    ['with a record cut', (folder: string): void => truncateSync(join(folder, 'shards', '0000.json'), 300)],
    ['with its first shard cut short', (folder: string): void => truncateSync(join(folder, 'patterns-0000.npy'), 5000)],
    [
      'with a byte of its first shard turned',
      (folder: string): void => {
        const path = join(folder, 'patterns-0000.npy');
        const bytes = readFileSync(path);
        bytes[500_000]! ^= 1;
        writeFileSync(path, bytes);
      },
    ],
  ])('goes on after a kill %s without a duplicate or a gap', async (_, damage) => {
    const folder = mkdtempSync(join(root, 'killed-'));
    cpSync(stopped, folder, { recursive: true });
    damage(folder);
    await simulate(recipe, folder);
    expect(fingerprint(folder)).toEqual(reference);
  });

  it('says that the disk is full, keeps what is whole, and leaves no half file on it', async () => {
    const folder = mkdtempSync(join(root, 'full-'));
    cpSync(stopped, folder, { recursive: true });
    const before = Object.keys(fingerprint(folder));
    // Every write to this device fails for want of space.
    symlinkSync('/dev/full', join(folder, `${shard}.${hostname()}-${process.pid}.part`));
    await expect(simulate(recipe, folder)).rejects.toMatchObject({ code: 'disk-full' });
    expect(Object.keys(fingerprint(folder))).toEqual(before);
    await simulate(recipe, folder);
    expect(fingerprint(folder)).toEqual(reference);
  });

  it('is made by several machines, each its own shards; the last one to end writes the lists', async () => {
    const folder = mkdtempSync(join(root, 'parts-'));
    expect(await simulate(recipe, folder, { part: { index: 2, of: 2 } })).toBeUndefined();
    expect(Object.keys(fingerprint(folder))).toEqual(['patterns-0001.npy', 'recipe.json']);
    await expect(mergeSet(recipe, folder)).rejects.toMatchObject({ code: 'shards-missing' });
    expect(await simulate(recipe, folder, { part: { index: 1, of: 2 }, merge: false })).toBeUndefined();
    expect(Object.keys(fingerprint(folder))).not.toContain('manifest.jsonl');
    expect(await mergeSet(recipe, folder)).toMatchObject({
      crystals: 3,
      patterns: 3,
      classes: { perfect: 1, screw: 1, edge: 1 },
      discarded: {},
      limitedBy: 'scatter',
    });
    expect(fingerprint(folder)).toEqual(reference);
  });

  it('writes the lists again when a kill left only some of them', async () => {
    const folder = mkdtempSync(join(root, 'merging-'));
    cpSync(whole, folder, { recursive: true });
    rmSync(join(folder, 'summary.json'));
    rmSync(join(folder, 'crystals.jsonl'));
    truncateSync(join(folder, 'manifest.jsonl'), 100);
    expect(await simulate(recipe, folder)).toMatchObject({ crystals: 3 });
    expect(fingerprint(folder)).toEqual(reference);
  });

  it('does nothing for a set that is whole', async () => {
    const seen: number[] = [];
    await simulate(recipe, whole, { onProgress: (p) => seen.push(p.patterns) });
    expect(seen).toEqual([3]);
    expect(fingerprint(whole)).toEqual(reference);
  });

  it('never mixes two recipes in one folder', async () => {
    await expect(simulate({ ...recipe, seed: 1 }, whole)).rejects.toMatchObject({ code: 'dataset-differs' });
    expect(fingerprint(whole)).toEqual(reference);
  });

  it('puts gaps into their share of the patterns, and leaves all else as it was', async () => {
    const folder = join(root, 'gaps');
    await simulate({ ...recipe, exposure: { ...recipe.exposure, gaps: 1 } }, folder);
    const before = lines(whole, 'manifest.jsonl') as unknown as { exposure: object }[];
    const after = lines(folder, 'manifest.jsonl') as unknown as { exposure: { gap?: object } }[];
    after.forEach(({ exposure: { gap, ...rest } }, n) => {
      expect(gap).toBeDefined();
      expect(rest).toEqual(before[n]!.exposure);
    });
    const pattern = (from: string): Float32Array =>
      Float32Array.from(decodeNpy(readFileSync(join(from, 'patterns-0000.npy'))).data);
    const [plain, crossed] = [pattern(whole), pattern(folder)];
    const changed = crossed.reduce((count, x, v) => count + Number(x !== plain[v]), 0);
    // Two to eight of 64 planes, of which many voxels hold no count; or the whole, were the peak moved by a voxel's part.
    expect(changed).toBeGreaterThan(100);
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherKinds } from '@core/crystal/other';
import { readConditions } from '@main/learn/conditions';
import { openDataSet } from '@main/learn/dataset';
import { judgeKinds } from '@main/study/kinds/judge';
import { kindsOf } from '@main/study/kinds/kinds';
import { makeKinds } from '@main/study/kinds/make';
import { asTable, tally, type JudgedScan } from '@main/study/kinds/tally';
import { withSection } from '@main/study/section';

describe('kinds of crystals and scans', () => {
  it('are all there are, each with a seed and a name of its own', () => {
    const kinds = kindsOf(5);
    const names = kinds.map(({ name }) => name);
    expect(new Set(names).size).toBe(kinds.length);
    expect(new Set(kinds.map(({ recipe }) => recipe.seed)).size).toBe(kinds.length);
    expect(names).toEqual(expect.arrayContaining(otherKinds.map((kind) => kind.replaceAll('-', ' '))));
    expect(kindsOf(5)).toMatchObject(kinds.map(({ recipe }) => ({ recipe })));
    expect(kindsOf(6)[0]!.recipe.seed).not.toBe(kinds[0]!.recipe.seed);
  });

  it('are made through the reduction as what they are, gone on with where they were left, and judged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'braggwatch-kinds-'));
    const names = ['mixed, 30 to 60 degrees', 'twin lamella', '10 % below the surface', 'perfect, 3 to 5 rad'];
    const only = kindsOf(4).filter(({ name }) => names.includes(name));
    const made = await makeKinds(folder, only, { perKind: 1 });
    expect(made).toBe(4);
    const about = readConditions(folder);
    // In the order of the table of kinds.
    expect(about.map(({ kind, label }) => [kind, label])).toEqual([
      ['perfect, 3 to 5 rad', 'perfect'],
      ['mixed, 30 to 60 degrees', 'screw'],
      ['10 % below the surface', 'screw'],
      ['twin lamella', 'other'],
    ]);
    expect(about[0]!.strainRad).toBeGreaterThanOrEqual(3);
    expect(about[0]!.strainRad).toBeLessThanOrEqual(5);
    expect(about[1]!.mixingDeg).toBeGreaterThanOrEqual(30);
    expect(about[1]!.mixingDeg).toBeLessThanOrEqual(60);
    expect(about[2]!.depth).toBeGreaterThanOrEqual(0.07);
    expect(about[2]!.depth).toBeLessThanOrEqual(0.13);
    expect(about[3]!.defectKind).toBe('twin-lamella');

    const set = await openDataSet(folder);
    const before = await Promise.all([0, 1, 2, 3].map((n) => set.read(n)));
    await set.close();
    for (const volume of before) expect(volume.reduce((most, x) => Math.max(most, x), 0)).toBe(1);
    const kept = statSync(join(folder, 'patterns-0000.npy')).mtimeMs;
    rmSync(join(folder, 'scans', '0002.json'));
    rmSync(join(folder, 'patterns-0002.npy'));
    await makeKinds(folder, only, { perKind: 1 });
    expect(statSync(join(folder, 'patterns-0000.npy')).mtimeMs).toBe(kept);
    const again = await openDataSet(folder);
    expect(await again.read(2)).toEqual(before[2]);
    await again.close();
    expect(readdirSync(join(folder, 'scans'))).toHaveLength(4);
    expect(existsSync(join(folder, 'manifest.jsonl'))).toBe(true);

    const { rows, hash } = await judgeKinds('three-class', folder);
    expect(rows.map(({ kind, scans }) => [kind, scans])).toEqual([...about.map(({ kind }) => [kind, 1]), ['all', 4]]);
    const card = JSON.parse(readFileSync('models/three-class/card.json', 'utf8')) as { sha256: string };
    expect(hash).toBe(card.sha256);
    rmSync(folder, { recursive: true });
  }, 300_000);

  it('are looked into, those of before too, and judged with what that shows', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'braggwatch-kinds-'));
    const wanted = kindsOf(1).filter(({ name }) => name === 'perfect, strain to 2 rad');
    await makeKinds(folder, wanted, { perKind: 1 });
    const volume = readFileSync(join(folder, 'patterns-0000.npy'));
    const alone = await judgeKinds('three-class', folder, { beside: null, inside: true });
    expect(alone.rows[0]).toMatchObject({ found: 1, sure: 1, sureOfDefect: 1 });
    expect(readConditions(folder)[0]).not.toHaveProperty('inside');
    // One start shows a perfect crystal to be one.
    await makeKinds(folder, wanted, { perKind: 1, inside: 1 });
    expect(readFileSync(join(folder, 'patterns-0000.npy'))).toEqual(volume);
    expect(readConditions(folder)[0]!.inside).toMatchObject({ says: 'none', starts: 1, character: null });
    expect((await judgeKinds('three-class', folder, { beside: null, inside: true })).rows).toEqual(alone.rows);
    // What a scan shows that contradicts takes sureness away, and only where it is asked to.
    const path = join(folder, 'scans', '0000.json');
    const facts = JSON.parse(readFileSync(path, 'utf8')) as { inside: object };
    const lines = JSON.stringify({ ...facts, inside: { ...facts.inside, says: 'line' } });
    writeFileSync(path, lines);
    writeFileSync(join(folder, 'manifest.jsonl'), `${lines}\n`);
    const contradicted = await judgeKinds('three-class', folder, { beside: null, inside: true });
    expect(contradicted.rows[0]).toMatchObject({ found: 1, sure: 0, sureOfDefect: 0 });
    expect((await judgeKinds('three-class', folder, { beside: null })).rows).toEqual(alone.rows);
    rmSync(folder, { recursive: true });
  }, 300_000);
});

describe('the table by kind', () => {
  const scan = (
    label: JudgedScan['label'],
    named: JudgedScan['label'],
    sure: boolean,
    mixingDeg?: number,
    doubts?: JudgedScan['verdict']['doubts'],
  ): JudgedScan => ({
    kind: label === 'other' ? 'loops' : 'lines',
    ...{ label, mixingDeg },
    verdict: { class: named, sure, ...(doubts && { doubts }) },
  });
  const scans = [
    scan('screw', 'screw', true, 10),
    scan('screw', 'edge', true, 10),
    scan('screw', 'edge', true, 40),
    scan('edge', 'perfect', true, 80),
    scan('edge', 'other', false, 40, ['character']),
    scan('other', 'screw', true),
    scan('other', 'perfect', false),
  ];

  it('counts by name, and calls the character of a mixed dislocation neither right nor wrong', () => {
    expect(tally(scans, ['perfect', 'screw', 'edge', 'other'])).toEqual([
      { kind: 'lines', scans: 5, right: 2, found: 4, sure: 4, sureWrong: 2, sureOfDefect: 5, sureMissed: 1 },
      { kind: 'loops', scans: 2, right: 0, found: 1, sure: 1, sureWrong: 1, sureOfDefect: 1, sureMissed: 0 },
      { kind: 'all', scans: 7, right: 2, found: 5, sure: 5, sureWrong: 3, sureOfDefect: 6, sureMissed: 1 },
    ]);
    // A model that has no word for it is right when it finds a defect.
    expect(tally(scans, ['perfect', 'screw', 'edge'])[1]).toMatchObject({ right: 1, sureWrong: 0 });
  });

  it('stands in a page once, wherever it was', () => {
    const table = asTable(tally(scans, ['perfect', 'screw', 'edge']));
    expect(table.split('\n')).toHaveLength(5);
    const page = withSection('# Accuracy\n\nWords.\n', 'kinds', `## By kind\n\n${table}`);
    expect(page.startsWith('# Accuracy\n\nWords.\n\n<!--')).toBe(true);
    const later = withSection(`${page}\n## After\n`, 'kinds', '## By kind\n\nanew');
    expect(later).toContain('anew');
    expect(later).not.toContain('loops');
    expect(later.indexOf('## After')).toBeGreaterThan(later.indexOf('anew'));
    expect(later.match(/## By kind/g)).toHaveLength(1);
  });
});

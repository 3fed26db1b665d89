import { describe, expect, it } from 'vitest';
import { elements } from '@core/crystal/elements';
import { winterbottom } from '@core/crystal/shape';
import { parseRecipe } from '@main/dataset/recipe';
import { atomsToShow } from '@main/simulation/atoms';
import { build, factsOf, type Built } from '@main/simulation/build';
import { relaxingTools } from '@main/dataset/relaxing';
import provisional from '@resources/recipes/provisional.json';

const recipe = parseRecipe({
  ...provisional,
  elements: { Pt: 1 },
  sizeCells: [14, 14],
  oversampling: [4, 5],
  classes: { perfect: 0, screw: 1, edge: 0 },
  mixedDeg: 0,
  strainRad: [0, 0],
  centred: 1,
});
const floats = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const shown = (built: Built, structure?: Uint8Array, most?: number) =>
  atomsToShow(
    {
      positions: built.crystal.positions,
      reference: built.reference,
      structure,
      shape: winterbottom({ ...built.plan, lateral: built.plan.cells * built.latticeAngstrom }),
      latticeAngstrom: built.latticeAngstrom,
    },
    most,
  );

describe('the crystal shown', () => {
  const built = build(recipe, 3, relaxingTools);
  const total = built.reference.length / 3;

  it('is the set’s own, with the same atoms in the perfect lattice', () => {
    const facts = factsOf(built);
    expect(facts).toMatchObject({ crystal: 3, defect: 'screw', element: 'Pt', cells: 14 });
    expect(facts.dislocation?.characterDeg).toBeCloseTo(0);
    expect(Math.hypot(...(facts.dislocation?.point ?? [99]))).toBeLessThan(0.2 * 14 * 3.92);
    expect(built.crystal.positions).toHaveLength(built.reference.length);
  });

  it('is moved from the lattice by half a Burgers vector at most around a screw', () => {
    const { displacement, spacing } = shown(built);
    const moved = floats(displacement).toSorted();
    expect(spacing).toBeCloseTo(elements.Pt.latticeAngstrom / Math.SQRT2);
    expect(moved.at(-1)).toBeLessThan(0.51 * spacing);
    expect(moved.at(-1)).toBeGreaterThan(0.4 * spacing);
  });

  it('has a surface of two layers without holes', () => {
    const { surface, positions, radius } = shown(built);
    const [outer, next] = [1, 2].map((layer) => surface.filter((each) => each === layer).length);
    expect(outer).toBeGreaterThan(total * 0.2);
    expect(next).toBeGreaterThan(total * 0.1);
    const far = Math.max(
      ...Array.from({ length: total }, (_, n) => Math.hypot(...floats(positions).slice(3 * n, 3 * n + 3))),
    );
    expect(radius).toBeCloseTo(far, 3);
  });

  it('keeps every defect when only a part can be drawn', () => {
    const structure = new Uint8Array(total).fill(1);
    const { surface } = shown(built);
    const inside = [...surface.keys()].filter((atom) => surface[atom] === 0).slice(100, 140);
    for (const atom of inside) structure[atom] = 2;
    const part = shown(built, structure, 600);
    expect(part).toMatchObject({ total, shown: part.structure.length });
    expect(part.shown).toBeLessThanOrEqual(600);
    expect(part.shown).toBeGreaterThan(450);
    expect(part.structure.filter((code) => code === 2)).toHaveLength(inside.length);
    expect(part.surface.some((layer) => layer > 0)).toBe(true);
  });
});

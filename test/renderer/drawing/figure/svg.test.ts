import { describe, expect, it } from 'vitest';
import { rockingFigure } from '@renderer/features/figures/rocking-figure';
import { svgOf, type Figure } from '@renderer/drawing/figure/svg';

const axis = { title: 'ΔQ∥ (Å⁻¹)', labels: [{ t: 0.5, label: '0' }] };
const figure: Figure = {
  width: 300,
  height: 200,
  title: 'S0037 <Pt> & "friends"',
  panels: [
    {
      caption: 'Cut across Q∥',
      left: 50,
      top: 40,
      width: 100,
      height: 120,
      right: axis,
      up: axis,
      content: {
        image: 'data:image/png;base64,AA==',
        columns: 64,
        rows: 32,
        seen: { x: 8, y: 4, width: 16, height: 8 },
      },
    },
  ],
  bar: {
    left: 180,
    top: 40,
    width: 100,
    height: 10,
    title: 'Intensity',
    colours: ['rgb(0,0,0)', 'rgb(9,9,9)'],
    labels: [{ t: 1, label: '1' }],
  },
};

describe('svgOf', () => {
  const svg = svgOf(figure);

  it('is one document of closed elements, with every special sign written out', () => {
    expect(svg).toContain('S0037 &lt;Pt&gt; &amp; &quot;friends&quot;');
    const open: string[] = [];
    for (const [, slash, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (slash) expect(open.pop()).toBe(name);
      else if (!self) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
  });

  it('shows the part of the picture that is seen, in its frame', () => {
    expect(svg).toContain('<svg x="50" y="40" width="100" height="120" viewBox="8 4 16 8"');
    expect(svg).toContain('width="64" height="32" image-rendering="pixelated"');
  });

  it('leaves a gap in a curve, and draws the point that stands alone in it', () => {
    const panel = figure.panels[0]!;
    const curves = [[[0, 0], [0.5, 1], null, [1, 0.5], null]] as const;
    const drawn = svgOf({ ...figure, panels: [{ ...panel, content: { curves } }] });
    const lines = [...drawn.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) => points);
    expect(lines).toEqual(['50,160 100,40', '150,100 150,100']);
  });

  it('keeps a long heading within its width', () => {
    const size = (heading: string): number =>
      Number(/font-size="([\d.]+)" font-weight="bold"/.exec(svgOf({ ...figure, title: heading }))![1]);
    expect(size('S0037')).toBe(13);
    // 60 letters of 0.7 of their size at the most, on 300 - 32.
    expect(60 * 0.7 * size('x'.repeat(60))).toBeLessThan(300);
  });

  it('labels axes and colour bar where their values are', () => {
    // Half-way along the axis to the right, below the frame; half-way up, left of it.
    expect(svg).toContain('<text x="100" y="175" text-anchor="middle">0</text>');
    expect(svg).toContain('<text x="43" y="104" text-anchor="end">0</text>');
    expect(svg).toContain('<text x="280" y="64" text-anchor="middle">1</text>');
  });
});

describe('rockingFigure', () => {
  it('draws every point inside its frame, the highest near the top', () => {
    const { panels } = rockingFigure('S1', { motor: 'eta', positions: [18, 18.5, 19], counts: [10, 1000, 20] });
    const { content, right } = panels[0]!;
    if (!('curves' in content)) throw new Error('a curve was expected');
    expect(content.curves[0]!.map((point) => point?.[0])).toEqual([0, 0.5, 1]);
    expect(content.curves[0]![1]![1]).toBeCloseTo(1 / 1.05, 9);
    expect(right?.title).toBe('eta (°)');
    expect(right?.labels[0]).toEqual({ t: 0, label: '18.0' });
  });
});

import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleMaps, type Placed } from '@main/export/report/map';
import { placeLabels } from '@main/export/report/labels';
import { encodePng } from '@main/export/report/png';
import { reportPage } from '@main/export/report/report';
import { sliceImages } from '@main/export/report/slices';
import { bestExamples, tallyOf } from '@main/export/report/tally';
import { exported } from './scans';

const facts = { version: '0.1.0', made: '2026-05-13T03:00:00.000Z', folder: '/data' };
const verdict = (of: 'perfect' | 'screw' | 'edge', p: number, sure = true) => ({
  class: of,
  probabilities: { perfect: 0, screw: 0, edge: 0, [of]: p },
  sure,
});

/** The pixels of a PNG with one IDAT chunk and no filters, by the format's own layout. */
function pixelsOf(png: Buffer, width: number): number[][] {
  let at = 8;
  for (;;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') {
      const raw = [...inflateSync(png.subarray(at + 8, at + 8 + length))];
      return Array.from({ length: raw.length / (width + 1) }, (_, row) =>
        raw.slice(row * (width + 1) + 1, (row + 1) * (width + 1)),
      );
    }
    at += length + 12;
  }
}

describe('the report', () => {
  it('counts a person’s class before the network’s, and neither unsure nor early verdicts', () => {
    const overruled = { class: 'perfect' as const, by: 'Lea', at: '2026-05-13T02:00:00.000Z' };
    const tally = tallyOf([
      exported(verdict('screw', 0.9)),
      exported({ ...verdict('screw', 0.9), overruled }),
      exported({ ...verdict('edge', 0.5, false), overruled: { ...overruled, class: 'edge' } }),
      exported(verdict('edge', 0.5, false)),
      exported({ ...verdict('edge', 0.99), early: true }),
    ]);
    expect(tally).toMatchObject({
      counted: 3,
      of: { perfect: 1, screw: 1, edge: 1 },
      unsure: 1,
      overruled: 2,
      unjudged: 1,
    });
    // Wilson's interval of 1 in 3, from the textbook formula.
    expect(tally.shares?.screw?.low).toBeCloseTo(0.0615, 3);
    expect(tally.shares?.screw?.high).toBeCloseTo(0.7923, 3);
    expect(tallyOf([]).shares).toBeUndefined();
  });

  it('counts no class of a scan that was never judged, whoever gave it one', () => {
    const overruled = { class: 'screw' as const, by: 'Lea', at: '2026-05-13T02:00:00.000Z' };
    const truncated = exported({ state: 'rejected', overruled });
    delete truncated.class;
    const tally = tallyOf([truncated, exported({ state: 'rejected', overruled }), exported(verdict('edge', 0.9))]);
    expect(tally).toMatchObject({ counted: 1, of: { screw: 0, edge: 1 }, overruled: 0, unjudged: 2 });
  });

  it('writes a probability as the screen does: never as certain what is not', () => {
    const page = reportPage([exported({ flagged: true, ...verdict('screw', 0.99996) })], [], [], facts);
    expect(page).toContain('Screw dislocation, &gt; 99.9 %');
    expect(page).not.toContain('Screw dislocation, 100.0 %');
  });

  it('shows the clearest of each class first, and never one that a person contradicts', () => {
    const overruled = { class: 'edge' as const, by: 'Lea', at: '2026-05-13T02:00:00.000Z' };
    const scans = [
      exported({ id: 'p1', ...verdict('perfect', 0.99) }),
      exported({ id: 'p2', ...verdict('perfect', 0.98) }),
      exported({ id: 's1', ...verdict('screw', 0.9) }),
      exported({ id: 's2', ...verdict('screw', 0.8) }),
      exported({ id: 'x', ...verdict('screw', 0.999), overruled }),
      exported({ id: 'e', ...verdict('edge', 0.7, false) }),
    ];
    expect(bestExamples(scans).map(({ id }) => id)).toEqual(['p1', 's1', 's2', 'p2']);
  });

  it('is one file that asks for nothing, and shows what people wrote as text', () => {
    const attack = `<script>alert(1)</script><img src=x onerror="alert(2)">'"&`;
    const page = reportPage(
      [exported({ note: attack, title: attack, scan: attack })],
      [{ scan: exported({ scan: attack }), images: ['data:image/png;base64,AA=='] }],
      [placed(attack, 0, 0, attack)],
      { ...facts, folder: attack, provisional: attack },
    );
    expect(page).not.toMatch(/<script|onerror="|<img src=x/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect([...page.matchAll(/(?:src|href)="([^"]{0,10})/g)].map(([, address]) => address)).toEqual(['data:image']);
    expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;/);
  });
});

const placed = (scan: string, x: number, y: number, name = 'x', more: Partial<Placed> = {}): Placed => ({
  scan,
  sample: null,
  position: {
    axes: [
      { name, micrometres: x, motors: ['pix'] },
      { name: 'y', micrometres: y, motors: ['piy'] },
    ],
  },
  ...{ class: 'screw', unsure: false, flagged: false, ...more },
});

describe('its sample map', () => {
  it('sets particles to scale, with the second axis upwards, and marks what is flagged', () => {
    const map = sampleMaps([
      placed('S1', 0, 0),
      placed('S2', 10, 0),
      placed('S3', 0, 5, 'x', { flagged: true }),
    ]).source;
    const at = new Map(
      [...map.matchAll(/translate\(([\d.]+) ([\d.]+)\)" opacity[^]*?>(S\d)</g)].map(([, x, y, scan]) => [
        scan,
        [Number(x), Number(y)] as const,
      ]),
    );
    const [x1, y1] = at.get('S1')!;
    const [x2, y2] = at.get('S2')!;
    const [x3, y3] = at.get('S3')!;
    expect([y2, x3]).toEqual([y1, x1]);
    // 10 micrometres to the right, 5 upwards: upwards is less on a page.
    expect((x2 - x1) / (y1 - y3)).toBeCloseTo(2, 1);
    expect(map.match(/stroke-dasharray/g)).toHaveLength(1);
  });

  it('lets no name lie on another name or sign, and says how many it leaves out', () => {
    const close = Array.from({ length: 6 }, (_, n) => placed(`S000${n}`, n * 0.5, 0));
    const map = sampleMaps([...close, placed('S0009', 0, 100)]).source;
    const named = [...map.matchAll(/>(S\d{4})</g)].length;
    expect(named).toBeLessThan(7);
    expect(map).toContain(`${7 - named} without room for a name.`);
    const spots = Array.from({ length: 40 }, (_, n) => ({ x: 40 + 17 * n, y: 100 + 9 * (n % 3), name: `S00${n}` }));
    const boxes = placeLabels(spots, 760).flatMap((label, n) => {
      if (!label) return [];
      // An independent measure of the words: 0.6 of the font's size for a letter.
      const long = spots[n]!.name.length * 0.6 * 8;
      const left = spots[n]!.x + label.x - (label.anchor === 'end' ? long : 0);
      return [{ left, right: left + long, top: spots[n]!.y + label.y - 7, bottom: spots[n]!.y + label.y }];
    });
    expect(boxes.length).toBeGreaterThan(5);
    for (const a of boxes)
      for (const b of boxes)
        if (a !== b) expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
  });

  it('draws each sample by itself: their stages have nothing in common', () => {
    const map = sampleMaps([
      placed('S1', 0, 0, 'x', { sample: 'B12' }),
      placed('S2', 9000, 0, 'x', { sample: 'C3' }),
      placed('S3', 10, 0, 'x', { sample: 'B12' }),
    ]).source;
    expect([...map.matchAll(/<h3>(\w+)</g)].map(([, name]) => name)).toEqual(['B12', 'C3']);
    expect([...map.matchAll(/Sample map: (\d) particles/g)].map(([, count]) => count)).toEqual(['2', '1']);
  });

  it('says so where no scan has a place, and stands one that is alone', () => {
    expect(sampleMaps([]).source).toContain('No scan records where');
    expect(sampleMaps([placed('S1', 3, 4)]).source).not.toMatch(/NaN|Infinity/);
  });

  it('goes with a word of warning while the model is provisional', () => {
    const page = (provisional: string | null): string => reportPage([], [], [], { ...facts, provisional });
    expect(page('Few crystals.')).toContain('Few crystals.');
    expect(page(null)).not.toContain('Provisional');
  });
});

describe('its pictures', () => {
  it('cut the volume through its brightest voxel, upwards axis up, black where there is most', () => {
    const shape: [number, number, number] = [3, 4, 5];
    const intensity = new Float32Array(60);
    const mask = new Uint8Array(60);
    const at = (i: number, j: number, k: number): number => (i * 4 + j) * 5 + k;
    intensity[at(2, 1, 3)] = 1;
    intensity[at(0, 1, 3)] = 1e-5;
    mask[at(1, 3, 3)] = 1;
    const volume = {
      shape,
      intensity: new Uint8Array(intensity.buffer),
      mask,
      origin: [0, 0, 0] as [number, number, number],
      voxel: 1,
      frame: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as [[number, number, number], [number, number, number], [number, number, number]],
      frameName: 'q' as const,
    };
    const images = sliceImages(volume).map((address) => Buffer.from(address.split(',')[1]!, 'base64'));
    // Normal to the third axis at k = 3: columns are the second axis, rows the first, highest index on top.
    expect(pixelsOf(images[0]!, 4)).toEqual([
      [0, 254, 0, 0],
      [0, 0, 0, 255],
      [0, 0, 0, 0],
    ]);
    expect(images).toHaveLength(3);
  });

  it('are PNG files that other programs take', () => {
    const png = encodePng(Uint8Array.of(0, 1), 2, 1, Uint8Array.of(255, 0, 0, 0, 0, 255));
    expect(png.toString('hex')).toMatch(/^89504e470d0a1a0a0000000d49484452000000020000000108030000/);
    expect(png.toString('hex')).toMatch(/49454e44ae426082$/);
  });
});

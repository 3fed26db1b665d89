import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tiff } from '../../main/scan/write-spec';
import { writeTiff } from '../../main/scan/write-tiff';
import { digestOf } from './bench';
import {
  add,
  COLS,
  inPieces,
  interleaved,
  put,
  PIXELS,
  ROWS,
  someFrames,
  WITHIN_FILE_MS,
  WITHIN_LACK_MS,
  type Frames,
  type Maker,
  type Step,
} from './writer';

const HEADER = `#F demo.spec
#E 1771000000
#D Sat Feb 14 02:00:00 2026
#O0 Delta  Theta  Chi  Phi  Gamma  camdist  Energy
#o0 del th chi phi gam cam en

`;

/** The table of a scan, line by line. */
function table(path: string, number: number, count: number): Step[] {
  const head = [
    `#S ${number}  ascan  th 0 ${0.1 * (count - 1)}  ${count - 1} 0.5`,
    '#D Sat Feb 14 02:10:00 2026',
    '#P0 32 0 90 0 1 500 9',
    '#N 3',
    '#L Theta  Epoch  Monitor',
  ];
  const rows = Array.from({ length: count }, (_, k) => ({
    run: () => add(path, `${(0.1 * k).toFixed(3)} ${k} 100\n`),
  }));
  return [{ run: () => put(path, `${HEADER}${head.join('\n')}\n`) }, ...rows];
}

const frameFiles = (path: string, { count, frame }: Frames, how: 'at once' | 'in place' | 'allocated'): Step[] => {
  const name = (k: number): string => join(path, `demo_S0007_${String(k).padStart(5, '0')}.tif`);
  const image = (k: number, filled: number): Uint8Array =>
    tiff(
      frame(k).map((value, i) => (i < filled ? value + 1 : 0)),
      ROWS,
      COLS,
    );
  const write = (k: number, filled: number): Step => ({ run: () => put(name(k), image(k, filled)) });
  const each = Array.from({ length: count }, (_, k) => k);
  const half = (k: number): Step => ({
    ...write(k, PIXELS / 2),
    ...(k === count - 1 && { within: WITHIN_FILE_MS }),
  });
  if (how === 'at once') return each.map((k) => write(k, PIXELS));
  if (how === 'in place') return each.flatMap((k) => [write(k, 0), half(k), write(k, PIXELS)]);
  return [{ run: () => each.forEach((k) => write(k, 0).run()) }, ...each.flatMap((k) => [half(k), write(k, PIXELS)])];
};

/** A folder of TIFFs beside a SPEC file; either may be ahead of the other. */
const folderOf =
  (how: 'at once' | 'in place' | 'allocated'): Maker =>
  (folder, _name, draw) => {
    const frames = someFrames(draw);
    const source = join(folder, 'demo_S0007');
    const made: Step = { run: () => void mkdirSync(source, { recursive: true }) };
    const rows = table(join(folder, 'demo.spec'), 7, frames.count);
    const files = frameFiles(source, frames, how);
    const steps = interleaved(draw, rows, [made, ...files]);
    // While the last frame lies there by half, and rows come meanwhile.
    const [halved, whole] = [files.at(-2)!, files.at(-1)!].map((step) => steps.indexOf(step)) as [number, number];
    const over = steps.indexOf(rows.at(-1)!);
    const shifted = frames.counts.map((value) => value + 1);
    return {
      what: `spec, TIFFs ${how}`,
      ...{ source, number: 7, truth: digestOf(shifted) },
      // Rows that are all there without their frames: no room is made for these unless they are allocated.
      steps: steps.map((step, k) =>
        how !== 'at once' && k > halved && k < whole
          ? { ...step, within: WITHIN_FILE_MS }
          : k >= over && how !== 'allocated'
            ? { ...step, within: Math.min(step.within ?? Infinity, WITHIN_LACK_MS) }
            : step,
      ),
    };
  };

/** One TIFF of many pages: byte by byte, or with room for all pages from the beginning. */
const pages =
  (how: 'in pieces' | 'allocated'): Maker =>
  (folder, _name, draw) => {
    const { count, counts } = someFrames(draw);
    const shifted = counts.map((value) => value + 1);
    const source = join(folder, 'demo_S0007');
    const path = join(source, 'demo_S0007_00000.tif');
    const image = (k: number, filled: boolean): number[][] =>
      Array.from({ length: ROWS }, (_, r) =>
        Array.from({ length: COLS }, (_, c) => (filled ? shifted[k * PIXELS + r * COLS + c]! : 0)),
      );
    const file = (filled: number): Uint8Array =>
      writeTiff(
        Array.from({ length: count }, (_, k) => image(k, k < filled)),
        {
          little: true,
          big: false,
          tile: undefined,
          rowsPerStrip: ROWS,
          compression: 'none',
          predictor: 1,
          type: 'i32',
        },
      );
    const made = { run: () => void mkdirSync(source, { recursive: true }) };
    const written =
      how === 'in pieces'
        ? inPieces(draw, path, file(count))
        : Array.from({ length: count + 1 }, (_, k) => ({ run: () => put(path, file(k)) }));
    const steps = interleaved<Step>(draw, table(join(folder, 'demo.spec'), 7, count), [made, ...written]);
    return { what: `spec, pages ${how}`, source, number: 7, steps, truth: digestOf(shifted) };
  };

export const specMakers: readonly Maker[] = [
  folderOf('at once'),
  folderOf('in place'),
  folderOf('allocated'),
  pages('in pieces'),
  pages('allocated'),
];

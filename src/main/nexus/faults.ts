import type { Group } from 'h5wasm/node';
import type { PixelFaults } from '@core/reduce/mask';
import { signatureOf } from '@main/files/signature';
import { openHdf5 } from '@main/hdf5/index';
import { addValue } from './tree';

const KINDS = ['hot', 'dead'] as const;
const nameOf = (kind: (typeof KINDS)[number]): string => `${kind}_pixels`;
/** More are no faults of single pixels, and no list to keep; the count is whole. */
const MOST = 65_536;

/** Lists the pixels that were found faulty, as rows of (row, column); how many there are stands beside, since none have no list. */
export function addFaults(process: Group, { hot, dead, columns }: PixelFaults): void {
  for (const [kind, pixels] of [
    ['hot', hot],
    ['dead', dead],
  ] as const) {
    addValue(process, `${nameOf(kind)}_found`, pixels.length);
    const listed = pixels.slice(0, MOST);
    if (listed.length === 0) continue;
    const data = Int32Array.from(listed.flatMap((pixel) => [Math.floor(pixel / columns), pixel % columns]));
    process.create_dataset({ name: nameOf(kind), data, shape: [listed.length, 2] });
  }
}

/** Faulty pixels of a scan, as (row, column) one after the other, and how many were found in all. */
export type ListedFaults = Readonly<
  Record<(typeof KINDS)[number], { readonly found: number; readonly pixels: ArrayLike<number> }>
>;

function readFaults(path: string): ListedFaults | undefined {
  const file = openHdf5(path);
  try {
    const read = (kind: (typeof KINDS)[number]) => {
      const found = file.number(`/entry/process/${nameOf(kind)}_found`);
      const pixels = found ? file.numbers(`/entry/process/${nameOf(kind)}`) : [];
      return found === undefined || !pixels ? undefined : { found, pixels };
    };
    const [hot, dead] = KINDS.map(read);
    return hot && dead && { hot, dead };
  } finally {
    file.close();
  }
}

// The crosshair asks for frame after frame of one scan.
let last: { readonly key: string; readonly faults: ListedFaults | undefined } | undefined;

/** @returns undefined where the result is from before they were listed, or cannot be read: the frame is shown all the same */
export function faultsIn(path: string): ListedFaults | undefined {
  try {
    const key = `${path}:${signatureOf(path)}`;
    if (last?.key !== key) last = { key, faults: readFaults(path) };
    return last.faults;
  } catch {
    return undefined;
  }
}
